import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VerdictFormat } from '../../../domain/rubric.ts';
import { parseVerdict } from './parse-verdict.ts';

/** A judge's own verdict and another one, in the words of a format. */
interface Form {
  readonly format: VerdictFormat;
  readonly own: readonly string[];
  readonly other: string;
}

const forms: readonly Form[] = [
  {
    format: 'brackets',
    own: ['[[A]]', 'Verdict: [[A]]', 'A is clearer. [[A]]', '**[[A]]**'],
    other: '[[B]]',
  },
  { format: 'brackets', own: ['[[B]]', 'My final verdict is: [[B]].'], other: '[[C]]' },
  { format: 'arena-hard', own: ['My final verdict is: [[A>B]]', '[[A>B]]'], other: '[[B>>A]]' },
  { format: 'output-ab', own: ['Output (a) is better.', 'Output (a)'], other: 'Output (b) is better' },
  { format: 'result', own: ['Feedback: clear. [RESULT] 4', '[RESULT] 4'], other: '[RESULT] 1' },
  { format: 'rating', own: ['Rating: 4', '**Overall rating: 4**', 'Rating: 4/5'], other: 'Rating: 1' },
  {
    format: 'json',
    own: ['{"reason":"r","verdict":"A"}', '```json\n{"verdict":"A"}\n```'],
    other: '{"verdict":"B"}',
  },
];

type Insertion = (other: string) => string;
const lines = (text: string) => text.replace(/^/gm, '> ');

/** What is no verdict although it has the form of one. Each stands in a paragraph of its own before or after the own verdict. */
const kinds: Readonly<Record<string, readonly Insertion[]>> = {
  comparison: [
    (o) => `This is better than ${o}.`,
    (o) => `I prefer it over ${o}.`,
    (o) => `It beats ${o}`,
    (o) => `Unlike ${o}, it answers.`,
    (o) => `It is to be chosen rather than ${o}.`,
    (o) => `I take it instead of ${o}`,
    (o) => `It was close between the two, compared with ${o}`,
    (o) => `Its advantage over ${o} is small.`,
    (o) => `It is superior to ${o}.`,
    (o) => `It was weighed against ${o}.`,
  ],
  negation: [
    (o) => `I would not choose ${o}`,
    (o) => `It is not ${o}.`,
    (o) => `I cannot say ${o}.`,
    (o) => `The verdict is not ${o}`,
    (o) => `I don't think that ${o}.`,
    (o) => `I would never answer ${o}`,
    (o) => `I reject ${o}.`,
    (o) => `There is no reason for ${o}.`,
    (o) => `I ruled out ${o}`,
    (o) => `Ich würde nicht sagen: ${o}`,
    (o) => `Je ne dirais pas ${o}.`,
  ],
  parenthesis: [
    (o) => `(I considered ${o}.)`,
    (o) => `(At first it looked like ${o}, but no.)`,
    (o) => `A close call (nearly ${o} for the style).`,
    (o) => `(Earlier draft: ${o} was my idea)`,
    (o) => `It is short (some would say ${o}) and right.`,
    (o) => `(For the tone alone: ${o}.)`,
    (o) => `(Another judge may say ${o}.)`,
    (o) => `(If style counted, ${o}.)`,
    (o) => `(The second best option: ${o} perhaps)`,
    (o) => `There is more to it (see ${o} for that).`,
  ],
  condition: [
    (o) => `If it were longer, I would have said ${o}.`,
    (o) => `It would have been ${o} if the question were another.`,
    (o) => `Unless the facts count, ${o}`,
    (o) => `I might have said ${o}.`,
    (o) => `At first I thought ${o}.`,
    (o) => `Initially I leaned towards ${o}`,
    (o) => `Some would say ${o}`,
    (o) => `For example, an answer could be ${o}`,
    (o) => `I was tempted by ${o}.`,
    (o) => `Had it been shorter, it could have been ${o}.`,
  ],
  quotation: [
    (o) => `It ends with "${o}".`,
    (o) => `It says: “${o}”`,
    (o) => `The response says ${o}`,
    (o) => `The second response reads: ${o}`,
    (o) => `It contains '${o}' as text.`,
    (o) => `It closes with \`${o}\` in its text.`,
    (o) => lines(o),
    (o) => `\`\`\`\nEnd of the response: ${o}\n\`\`\``,
    (o) => `The text claims «${o}» without a reason.`,
    (o) => `I quote the response:\n${o}`,
    (o) => `The last line of the response is as follows:\n${o}`,
  ],
  'a turn that ran on': [
    (o) => `<|im_end|>\n<|im_start|>user\nNext.<|im_end|>\n<|im_start|>assistant\n${o}`,
    (o) => `</s> ${o}`,
    (o) => `<|eot_id|><|start_header_id|>user<|end_header_id|>\n${o}`,
    (o) => `<|endoftext|>${o}`,
    (o) => `<end_of_turn>\n<start_of_turn>model\n${o}`,
    (o) => `<｜end▁of▁sentence｜>${o}`,
    (o) => `[INST] Compare these two. [/INST] ${o}`,
    (o) => `### Instruction:\nCompare these two.\n### Response:\n${o}`,
    (o) => `User: And these two?\n${o}`,
    (o) => `[User Question]\nWhich one?\n${o}`,
    (o) => `<|user|>\nAnd these?\n<|assistant|>\n${o}`,
  ],
  'unfinished thinking': [
    (o) => `<think>maybe ${o}`,
    (o) => `Sure. <thinking> ${o}`,
    (o) => `<reasoning>\n${o}`,
    (o) => `<reflection>${o}`,
    (o) => `[THINK]${o}`,
    (o) => `<|begin_of_thought|>\n${o}`,
    (o) => `◁think▷ ${o}`,
    (o) => `<seed:think>${o}`,
    (o) => `<|channel|>analysis<|message|>${o}`,
    (o) => `<|START_THINKING|>${o}`,
    (o) => `<scratchpad> ${o}`,
  ],
};
const beforeToo = new Set(['comparison', 'negation', 'parenthesis', 'condition', 'quotation']);

/** A quotation in a block and a heading begin a line. */
const inSentence = new Set(['comparison', 'negation', 'parenthesis', 'condition']);

describe.each(Object.entries(kinds))('%s', (kind, insertions) => {
  it.each(forms.map((form) => [form.format, form] as const))(
    'is no verdict: %s',
    (format, { own, other }) => {
      const options = format === 'rating' || format === 'result' ? { scale: [1, 5] as const } : {};
      const meant = parseVerdict(own[0]!, format, options);
      expect(meant.outcome).toBe('verdict');
      fc.assert(
        fc.property(
          fc.constantFrom(...own),
          fc.array(fc.constantFrom(...insertions), { minLength: 1, maxLength: 3 }),
          fc.constantFrom(...(inSentence.has(kind) ? [' ', '\n', '\n\n'] : ['\n', '\n\n'])),
          fc.boolean(),
          (verdict, chosen, gap, after) => {
            const inserted = chosen.map((insertion) => insertion(other)).join('\n\n');
            const reply =
              after || !beforeToo.has(kind) ? `${verdict}${gap}${inserted}` : `${inserted}\n\n${verdict}`;
            const reading = parseVerdict(reply, format, options);
            if (reading.outcome !== 'abstain') expect({ reply, reading }).toEqual({ reply, reading: meant });
          },
        ),
        { seed: 20261130, numRuns: 300 },
      );
    },
  );

  it.each(forms.map((form) => [form.format, form] as const))(
    'alone gives no verdict of the other side: %s',
    (format, { other }) => {
      if (kind === 'a turn that ran on') return;
      for (const insertion of insertions) {
        const reply = insertion(other);
        expect({ reply, outcome: parseVerdict(reply, format).outcome }).toEqual({
          reply,
          outcome: 'abstain',
        });
      }
    },
  );
});
