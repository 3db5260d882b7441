import type { JudgeSpec } from '../../domain/job.ts';
import type { Criterion } from '../../domain/rubric.ts';
import type { ChatReply } from '../../ports/chat-model.ts';
import {
  idPart,
  type JudgeMode,
  type JudgeQuestion,
  type Opinion,
  type PlannedTask,
  readable,
} from './judge-mode.ts';
import { criteriaFor } from './prompt/rubric-text.ts';
import { parseVerdict } from './verdict/parse-verdict.ts';
import { verdictProbability } from './verdict/verdict-probability.ts';

/** Scores one response on the rubric's scale, for all criteria together or with one task per criterion. */
export function pointwise({ rubric, samples }: Pick<JudgeSpec, 'rubric' | 'samples'>): JudgeMode {
  return {
    labels: () => [],
    plan: (item) => {
      const asked: readonly (Criterion | null)[] =
        rubric.ask === 'each' ? criteriaFor(rubric, item.category) : [null];
      const tasks: PlannedTask[] = [];
      for (const candidate of readable(item)) {
        for (const criterion of asked) {
          const question = { shown: [candidate], ...(criterion === null ? {} : { criterion }) };
          for (let sample = 0; sample < samples; sample += 1) {
            const part = criterion === null ? '' : `:${idPart(criterion.id)}`;
            const id = `score:${idPart(candidate.id)}${part}:${sample}`;
            tasks.push({ id, candidates: [candidate.id], sample, questions: [question] });
          }
        }
      }
      return tasks;
    },
    read: (question, reply) => readScore(question, reply),
    unread: (question, why) => ({ ...scored(question), ...why }),
  };

  function readScore(question: JudgeQuestion, reply: ChatReply): Opinion {
    const base = scored(question);
    const untrusted = question.shown.map(({ text }) => text ?? '');
    const reading = parseVerdict(reply.text, rubric.verdict, {
      scale: rubric.scale,
      whole: hasLevels(rubric),
      bare: { scale: rubric.scale },
      ...(hasLevels(rubric) ? { native: 'result' as const } : {}),
      untrusted,
    });
    if (reading.outcome === 'abstain') return { ...base, outcome: 'abstain', reason: reading.reason };
    if (!('score' in reading)) return { ...base, outcome: 'abstain', reason: 'not_offered' };
    const { score } = reading;
    const probability = verdictProbability(reply.logprobs, String(score), scaleLabels(rubric.scale));
    return { ...base, outcome: 'verdict', score, ...(probability === undefined ? {} : { probability }) };
  }

  function scored({ shown, criterion }: JudgeQuestion) {
    return {
      kind: 'pointwise' as const,
      candidate: shown[0]!.id,
      scale: rubric.scale,
      ...(criterion === undefined ? {} : { criterion: criterion.id }),
    };
  }
}

/** A description for each whole score, as in Prometheus: only these scores are offered. */
function hasLevels({ criteria, scale }: JudgeSpec['rubric']): boolean {
  const levels = scaleLabels(scale);
  return (
    levels.length > 1 &&
    criteria.length > 0 &&
    criteria.every(({ anchors }) => levels.every((level) => anchors?.[level] !== undefined))
  );
}

function scaleLabels([min, max]: readonly [number, number]): readonly string[] {
  if (!Number.isInteger(min) || max - min > 20) return [];
  return Array.from({ length: Math.floor(max - min) + 1 }, (_, index) => String(min + index));
}
