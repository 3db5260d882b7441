import type { Candidate, Item } from '../../domain/item.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import type { JudgeMode, JudgeQuestion } from './judge-mode.ts';
import { haveEqualTexts, readable } from './judge-mode.ts';
import { letterOf } from './prompt/answer-form.ts';
import { readRanking } from './verdict/read-ranking.ts';

/** Ranks all responses of an item in one question, in a seeded random order that differs between samples. */
export function listwise(
  { rubric, samples }: Pick<JudgeSpec, 'rubric' | 'samples'>,
  seed: number,
): JudgeMode {
  const labels = ({ shown }: JudgeQuestion) => shown.map((_, index) => letterOf(index));
  return {
    labels,
    plan: (item) => {
      const candidates = readable(item);
      const [first, ...others] = candidates;
      if (first === undefined || others.every((other) => haveEqualTexts(first, other))) return [];
      return Array.from({ length: samples }, (_, sample) => ({
        id: `rank:${sample}`,
        candidates: candidates.map(({ id }) => id),
        sample,
        questions: [{ shown: shuffle(item, candidates, sample) }],
      }));
    },
    read: (question, reply) => {
      const base = { kind: 'listwise' as const, shown: question.shown.map(({ id }) => id) };
      const letters = labels(question);
      const untrusted = question.shown.map(({ text }) => text ?? '');
      const reading = readRanking(reply.text, rubric.verdict, letters, untrusted);
      if (reading.outcome === 'abstain') return { ...base, ...reading };
      const ranking = reading.ranking.map((rank) =>
        rank.map((letter) => question.shown[letters.indexOf(letter)]!.id),
      );
      if (ranking.length === 1)
        return { ...base, outcome: rubric.ties ? 'tie' : 'abstain', ...notOffered(rubric.ties) };
      if (!rubric.ties && ranking.some((rank) => rank.length > 1))
        return { ...base, outcome: 'abstain', ...notOffered(false) };
      return { ...base, outcome: 'verdict', ranking };
    },
    unread: (question, why) => ({ kind: 'listwise', shown: question.shown.map(({ id }) => id), ...why }),
  };

  function shuffle(item: Item, candidates: readonly Candidate[], sample: number): readonly Candidate[] {
    return shuffled(candidates, seededRandom(JSON.stringify([seed, item.id, sample])));
  }
}

function notOffered(offered: boolean): { reason?: string } {
  return offered ? {} : { reason: 'not_offered' };
}
