// Runs examples/quickstart from nothing to training pairs and a page about its raters.
// usage: node scripts/quickstart.mjs [FOLDER]   (a copy of examples/quickstart; default: that folder itself)
import { spawnSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder =
  process.argv[2] === undefined ? 'examples/quickstart' : relative(root, resolve(process.argv[2]));
const at = (name) => `${folder}/${name}`;
const env = { ...process.env };
if (env.OLLAMA_MODEL === undefined) {
  const model = await firstModelOf('http://127.0.0.1:11434/v1');
  if (model !== null) env.OLLAMA_MODEL = model;
}

quorate('facts', 'index', at('notes'), '--corpus', at('.quorate/corpus.db'), '--json');
const report = JSON.parse(quorate('run', at('job.yaml'), '--quiet', '--json'));
const votes = [
  '--votes',
  at('out/votes.jsonl'),
  '--items',
  at('items.jsonl'),
  '--labels',
  at('labels.jsonl'),
];
const agreement = JSON.parse(quorate('agree', ...votes, '--html', at('out/agreement.html'), '--json'));
const item = report.reconciliation.review[0]?.item ?? 'code-injection';
console.error(`\n${summary().join('\n')}`);

function summary() {
  const { pairs, labelled_pairs: labelled, basis } = report.reconciliation;
  const statuses = Object.entries(report.preferences).map(([status, count]) => `${count} ${status}`);
  const judges = agreement.raters.filter(
    ({ rater_kind: kind, accuracy }) => kind !== 'reference' && accuracy.value !== null,
  );
  const accuracies = judges.map(({ rater, accuracy }) => `${rater} ${percent(accuracy.value)}`);
  return [
    `${report.items} prompts, ${pairs} pairs: ${statuses.join(', ')}.`,
    `Probabilities: ${basis}, from ${labelled} labelled pairs. Cost: $${report.cost.usd.toFixed(2)}${unpriced()}.`,
    `Accuracy on the labels: ${accuracies.join(', ')}.`,
    report.has_llm_judge
      ? 'LLM judges took part; a second run repeats no call.'
      : 'No LLM took part. Set OPENAI_API_KEY or ANTHROPIC_API_KEY, or start Ollama, and run this again.',
    '',
    `Training pairs:  ${at('out/dpo')} (DPO, with card and manifest)`,
    `Open the page:   ${pathToFileURL(resolve(root, at('out/agreement.html')))}`,
    `Next:            node bin/quorate.js explain ${item} --job ${at('job.yaml')}`,
    '                 node bin/quorate.js init my-project',
  ];
}

function unpriced() {
  const calls = report.cost.unpriced_calls;
  return calls === 0 ? '' : ` and ${calls} calls of unknown price`;
}

function percent(share) {
  return `${Math.round(100 * share)} %`;
}

/** Runs a command with its progress visible. @returns what it printed on standard output */
function quorate(...argv) {
  console.error(`$ quorate ${argv.join(' ')}`);
  const { status, error, stdout } = spawnSync(process.execPath, ['bin/quorate.js', ...argv], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

/** The first chat model of a server on this machine; null without one. */
async function firstModelOf(baseUrl) {
  try {
    const response = await fetch(`${baseUrl}/models`, { signal: AbortSignal.timeout(1000) });
    const { data } = await response.json();
    return data.find(({ id }) => !/embed/i.test(id))?.id ?? null;
  } catch {
    return null;
  }
}
