import type { Candidate, Item } from '../../domain/item.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import { isContradictory } from '../../domain/vote.ts';
import type { ChatReply } from '../../ports/chat-model.ts';
import { seededRandom } from '../../stats/random.ts';
import {
  comparablePairs,
  idPart,
  type JudgeMode,
  type JudgeQuestion,
  type Opinion,
  type PlannedTask,
} from './judge-mode.ts';
import { parseVerdict } from './verdict/parse-verdict.ts';
import { verdictProbability } from './verdict/verdict-probability.ts';

/** Compares two responses, in both orders or in one seeded random order. */
export function pairwise(spec: Pick<JudgeSpec, 'rubric' | 'orders' | 'samples'>, seed: number): JudgeMode {
  const { rubric } = spec;
  const labels = rubric.verdict === 'output-ab' ? ['a', 'b'] : ['A', 'B'];
  const tieLabel = rubric.verdict === 'brackets' ? 'C' : 'tie';

  const questionsOf = (item: Item, x: Candidate, y: Candidate, sample: number): JudgeQuestion[] => {
    const forward: JudgeQuestion = { shown: [x, y], order: 'forward' };
    const reversed: JudgeQuestion = { shown: [y, x], order: 'reversed' };
    if (spec.orders === 'both') return [forward, reversed];
    const draw = seededRandom(JSON.stringify([seed, item.id, x.id, y.id, sample]));
    return [draw() < 0.5 ? forward : reversed];
  };

  return {
    labels: () => labels,
    plan: (item) => {
      const tasks: PlannedTask[] = [];
      for (const [x, y] of comparablePairs(item)) {
        for (let sample = 0; sample < spec.samples; sample += 1) {
          const id = `pair:${idPart(x.id)}|${idPart(y.id)}:${sample}`;
          tasks.push({ id, candidates: [x.id, y.id], sample, questions: questionsOf(item, x, y, sample) });
        }
      }
      return tasks;
    },
    read: (question, reply) => readPair(question, reply),
    unread: (question, why) => ({ ...shownPair(question), ...why }),
  };

  function readPair(question: JudgeQuestion, reply: ChatReply): Opinion {
    const base = shownPair(question);
    const untrusted = question.shown.map(({ text }) => text ?? '');
    const bare = { labels: [...labels, tieLabel] };
    const reading = parseVerdict(reply.text, rubric.verdict, { ties: rubric.ties, bare, untrusted });
    if (reading.outcome === 'abstain') return { ...base, outcome: 'abstain', reason: reading.reason };
    if (reading.outcome === 'tie') return { ...base, outcome: 'tie' };
    if (!('position' in reading)) return { ...base, outcome: 'abstain', reason: 'not_offered' };
    const place = reading.position === 'first' ? 0 : 1;
    const offered = rubric.ties ? [...labels, tieLabel] : labels;
    const tie = rubric.ties ? tieLabel : undefined;
    const probability = verdictProbability(reply.logprobs, labels[place]!, offered, tie);
    if (isContradictory({ outcome: 'verdict', probability })) {
      return { ...base, outcome: 'abstain', reason: 'contradictory' };
    }
    return {
      ...base,
      outcome: 'verdict',
      preferred: base.shown[place],
      ...(reading.strength === undefined ? {} : { strength: reading.strength }),
      ...(probability === undefined ? {} : { probability }),
    };
  }
}

function shownPair({ shown }: JudgeQuestion): { kind: 'pairwise'; shown: readonly [string, string] } {
  return { kind: 'pairwise', shown: [shown[0]!.id, shown[1]!.id] };
}
