import type { Item } from '../src/domain/item.ts';
import type { Rule, RuleCheck } from '../src/domain/rule.ts';
import { openRuleRater } from '../src/judges/rules/rule-rater.ts';
import type { LookContext } from '../src/ports/rater.ts';
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
  return `${paragraph()}\n\n- ${sentence()}\n- ${sentence()}\n\n\`\`\`js\nconst total = ${Math.floor(random() * 99)} + 1;\n\`\`\`\n\n${paragraph()} The answer is ${Math.floor(random() * 99)}.`;
}

/** Checks a second of one core's time, for each check alone and for all of them together as a job runs them. */
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
  const size = items.flatMap(({ candidates }) => candidates).reduce((sum, { text }) => sum + text!.length, 0);
  console.log(`responses: ${items.length * 4}, ${Math.round(size / items.length / 4)} characters each\n`);
  console.log('| check | checks a CPU second | µs each |\n|---|---:|---:|');
  if (!process.env.ONLYALL) for (const check of checks) await measure(nameOf(check), [check], items);
  await measure(`all ${checks.length} together`, checks, items);
}

async function measure(name: string, set: readonly RuleCheck[], items: readonly Item[]): Promise<void> {
  const rules = set.map((check, index): Rule => ({ ...check, id: `r${index}`, severity: 'penalty' }));
  const rater = await openRuleRater(rules);
  const context = { signal: new AbortController().signal } as LookContext;
  const run = async (some: readonly Item[]) => {
    for (const item of some) for (const look of rater.looks(item)) await rater.take(look, item, context);
  };
  await run(items.slice(0, 40));
  // processor time, the best of three: other programs share the machine
  let bestMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < Number(process.env.ROUNDS ?? 3); round += 1) {
    const started = process.cpuUsage();
    await run(items);
    const { user, system } = process.cpuUsage(started);
    bestMs = Math.min(bestMs, (user + system) / 1000);
  }
  const count = items.length * 4 * rules.length;
  console.log(
    `| ${name} | ${Math.round(count / (bestMs / 1000)).toLocaleString('en')} | ${((bestMs * 1000) / count).toFixed(1)} |`,
  );
}

function nameOf(check: RuleCheck): string {
  if (check.check === 'length') return `length (${check.unit})`;
  return check.check === 'regex' ? `regex \`${check.pattern}\`` : check.check;
}
