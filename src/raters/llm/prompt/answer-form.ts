import type { Rubric, VerdictFormat } from '../../../domain/rubric.ts';
import type { JsonSchema } from '../../../ports/chat-model.ts';

/** Names of the responses in a prompt, as the verdict format requires. */
export function responseNames(format: VerdictFormat, count: number): readonly string[] {
  if (count === 1) return ['Response'];
  const letters = Array.from({ length: count }, (_, index) => letterOf(index));
  if (format === 'output-ab') return letters.map((letter) => `Output (${letter.toLowerCase()})`);
  return letters.map((letter) => `${format === 'arena-hard' ? 'Assistant' : 'Response'} ${letter}`);
}

/** Label of a response: A … Z, then R27, R28 … */
export function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `R${index + 1}`;
}

/** The instruction how to answer. */
export function answerForm(rubric: Rubric): string {
  const { reasoning, verdict, mode } = rubric;
  const fields = verdict === 'json' ? jsonForm(rubric) : textForms[mode](rubric);
  if (verdict === 'json') return fields;
  const reason =
    reasoning === null
      ? 'Answer with the verdict alone and no explanation.'
      : `First give your reasons, in at most ${reasoning.maxWords} words. Then end with the verdict and write nothing after it.`;
  return `${reason} ${fields}`;
}

const textForms: Readonly<Record<Rubric['mode'], (rubric: Rubric) => string>> = {
  pairwise: ({ verdict, ties }) => {
    if (verdict === 'brackets')
      return `The verdict is [[A]] if Response A is better, [[B]] if Response B is better${ties ? ', [[C]] if they are equally good' : ''}.`;
    if (verdict === 'arena-hard')
      return `The verdict is one of [[A>>B]] (Assistant A is much better), [[A>B]] (slightly better)${ties ? ', [[A=B]] (equally good)' : ''}, [[B>A]] (Assistant B is slightly better), [[B>>A]] (much better).`;
    return `The verdict is the sentence "Output (a) is better." or "Output (b) is better."${ties ? ' or, if they are equally good, the word "Tie" on a line of its own.' : ''}`;
  },
  pointwise: ({ verdict, scale: [min, max] }) =>
    verdict === 'result'
      ? `The verdict is [RESULT] followed by a number from ${min} to ${max}.`
      : `The verdict is a line "Rating: " with a number from ${min} to ${max}.`,
  listwise: ({ ties }) =>
    `The verdict ranks all responses by their letters, best first, like [[B>A>C]]${ties ? '; write = between equally good ones, like [[B>A=C]]' : ''}.`,
};

function jsonForm({ mode, reasoning, ties, scale: [min, max] }: Rubric): string {
  const verdict = {
    pairwise: `"verdict": "A" if Response A is better, "B" if Response B is better${ties ? ', "tie" if they are equally good' : ''}`,
    pointwise: `"score": a number from ${min} to ${max}`,
    listwise: `"ranking": the letters of all responses as a list of lists, best first${ties ? '; equally good ones share a list' : ', one in each list'}`,
  }[mode];
  const reason =
    reasoning === null ? '' : `"reason": your reasons, in at most ${reasoning.maxWords} words; then `;
  return `Answer with one JSON object and nothing else: ${reason}${verdict}.`;
}

/** The answer as a JSON Schema, with the reason before the verdict. Constraints that providers reject are omitted. */
export function answerSchema(rubric: Rubric, labels: readonly string[]): { name: string; json: JsonSchema } {
  const verdicts: Readonly<Record<Rubric['mode'], Readonly<Record<string, JsonSchema>>>> = {
    pairwise: { verdict: { type: 'string', enum: [...labels, ...(rubric.ties ? ['tie'] : [])] } },
    pointwise: { score: scoreSchema(rubric) },
    listwise: {
      ranking: { type: 'array', items: { type: 'array', items: { type: 'string', enum: labels } } },
    },
  };
  const properties = {
    ...(rubric.reasoning === null ? {} : { reason: { type: 'string' } }),
    ...verdicts[rubric.mode],
  };
  return {
    name: `${rubric.mode}_verdict`,
    json: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false },
  };
}

/** Integer scores of a short scale as an enumeration, which constrains the model; otherwise any number. */
function scoreSchema({ scale: [min, max] }: Rubric): JsonSchema {
  if (!Number.isInteger(min) || !Number.isInteger(max) || max - min > 20) return { type: 'number' };
  return { type: 'integer', enum: Array.from({ length: max - min + 1 }, (_, index) => min + index) };
}
