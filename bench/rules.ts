import type { Item } from '../src/domain/item.ts';
import type { Rule } from '../src/domain/rule.ts';
import type { TaskContext } from '../src/ports/rater.ts';
import type { RuleCheck } from '../src/raters/rules/rule-kinds.ts';
import { openRuleRater } from '../src/raters/rules/rule-rater.ts';
import { seededRandom } from '../src/stats/random.ts';

const none = { all: [], any: [], none: [] };
/** One rule of every check that needs no process of its own. */
const checks: readonly RuleCheck[] = [
  { check: 'regex', pattern: '(?i)as an ai language model', expect: 'absent' },
  { check: 'regex', pattern: '\\b\\d{4}-\\d{2}-\\d{2}\\b', expect: 'absent' },
  { check: 'length', unit: 'words', max: 400 },
  { check: 'length', unit: 'characters', max: 4000 },
  { check: 'length', unit: 'sentences', max: 60 },
  { check: 'length', unit: 'tokens', max: 600 },
  { check: 'json' },
  { check: 'code', parses: true },
  { check: 'language', is: 'en' },
  { check: 'mentions', ...none, any: ['river', 'harbour'], none: ['lorem ipsum'] },
  { check: 'citations', style: 'brackets', min: 0 },
  { check: 'markdown', element: 'bullet', min: 0 },
  { check: 'refusal', expect: 'absent' },
  { check: 'evasion' },
  { check: 'leak', score: 0.5 },
  { check: 'lexicon', lists: ['profanity', 'slurs', 'weapons', 'self-harm'], words: [] },
  { check: 'answer', match: 'numeric', value: 42, tolerance: 0.01, relative: 0 },
  { check: 'repetition', max: 0.3 },
  { check: 'truncation' },
  { check: 'prompt-leak', words: 12 },
  { check: 'instructions' },
];
/** Four words in ten are the ones that hold English together, as in any English text. */
const vocabulary =
  'the the the the of of of and and to to a a in in it it is was that that for for on with as this by at have are which harbour river town people council water bridge old new small large year work plan cost time day market road house light winter summer report number change because although however before after which their about under built found asked made went gave took called known early later north south east west'.split(
    ' ',
  );

/** Made-up English of about 1.5 KB: sentences, a list, a code block, a number. */
function response(random: () => number): string {
  const word = () => vocabulary[Math.floor(random() * vocabulary.length)]!;
  const sentence = () => {
    const words = Array.from({ length: 8 + Math.floor(random() * 10) }, word).join(' ');
    return `${words[0]!.toUpperCase()}${words.slice(1)}.`;
  };
  const paragraph = () => Array.from({ length: 9 }, sentence).join(' ');
  const text = `${paragraph()}\n\n- ${sentence()}\n- ${sentence()}\n\n\`\`\`js\nconst total = ${Math.floor(random() * 99)} + 1;\n\`\`\`\n\n${paragraph()} The answer is ${Math.floor(random() * 99)}.`;
  // flat, as a text read from a file is; one put together here would be a tree of its parts
  return Buffer.from(text).toString();
}

/** Each batch is measured so often, and its quickest round counts: other programs share the machine. */
const rounds = 9;
const batchItems = 25;

/** Checks a second of wall time on one thread: each check alone, and all of them together as a job runs them. */
export async function main(options: { readonly quick?: boolean } = {}): Promise<void> {
  const random = seededRandom('bench-rules');
  const system = Array.from({ length: 60 }, () => vocabulary[Math.floor(random() * vocabulary.length)]).join(
    ' ',
  );
  const items: readonly Item[] = Array.from({ length: options.quick ? 50 : 250 }, (_unused, index) => ({
    id: String(index),
    prompt: [
      { role: 'system', content: system },
      { role: 'user', content: 'Write about the town.' },
    ],
    candidates: ['a', 'b', 'c', 'd'].map((id) => ({ id, text: response(random) })),
    metadata: {
      instruction_id_list: ['punctuation:no_comma', 'length_constraints:number_words'],
      kwargs: [{}, { num_words: 100, relation: 'at least' }],
    },
  }));
  const texts = items.flatMap(({ candidates }) => candidates.map(({ text }) => text!));
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  const bareMs = await quickest(items, async (some) => {
    for (const { candidates } of some) for (const { text } of candidates) wordsByCode(text!);
  });
  const bareUs = (bareMs * 1000) / texts.length;
  console.log(`responses: ${texts.length}, ${Math.round(size / texts.length)} characters each`);
  console.log(`a bare loop over the characters of one, counting words: ${bareUs.toFixed(1)} µs\n`);
  console.log('| check | checks a second | µs each | bare loops |\n|---|---:|---:|---:|');
  for (const set of [...checks.map((check) => [check]), checks]) {
    const count = texts.length * set.length;
    const ms = await measure(set, items);
    const us = (ms * 1000) / count;
    const name = set.length === 1 ? nameOf(set[0]!) : `all ${set.length} together`;
    const perSecond = Math.round(count / (ms / 1000)).toLocaleString('en');
    console.log(`| ${name} | ${perSecond} | ${us.toFixed(1)} | ${(us / bareUs).toFixed(1)} |`);
  }
}

async function measure(set: readonly RuleCheck[], items: readonly Item[]): Promise<number> {
  const rules = set.map((check, index): Rule => ({ ...check, id: `r${index}`, severity: 'penalty' }));
  const rater = await openRuleRater(rules);
  const context = { signal: new AbortController().signal } as TaskContext;
  return quickest(items, async (some) => {
    for (const item of some) for (const task of rater.tasks(item)) await rater.perform(task, item, context);
  });
}

/** Milliseconds for all items: the sum over batches of each batch's quickest round. */
async function quickest(
  items: readonly Item[],
  work: (some: readonly Item[]) => Promise<void>,
): Promise<number> {
  const batches = Array.from({ length: items.length / batchItems }, (_unused, index) =>
    items.slice(index * batchItems, (index + 1) * batchItems),
  );
  const best = batches.map(() => Number.POSITIVE_INFINITY);
  // the first round is for the compiler
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, batch] of batches.entries()) {
      const started = performance.now();
      await work(batch);
      if (round > 0) best[index] = Math.min(best[index]!, performance.now() - started);
    }
  }
  return best.reduce((sum, ms) => sum + ms, 0);
}

/** The least that anything which reads a response must do: the measure of the machine. */
function wordsByCode(text: string): number {
  let words = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) <= 32 && text.charCodeAt(at + 1) > 32) words += 1;
  }
  return words;
}

function nameOf(check: RuleCheck): string {
  if (check.check === 'length') return `length (${check.unit})`;
  return check.check === 'regex' ? `regex \`${check.pattern}\`` : check.check;
}
