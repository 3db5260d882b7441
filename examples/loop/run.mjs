// The whole loop once, with real processes and no key: node run.mjs
// Users complain about model A; their feedback is cleaned and merged with a judge's votes; the loop finds that a
// training is due and trains B; the gate lets B pass and stops a broken C; users are asked again.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const program =
  process.env.QUORATE_PROGRAM ?? fileURLToPath(new URL('../../bin/quorate.js', import.meta.url));
const env = {
  ...process.env,
  QUORATE_AUTHOR_KEY: process.env.QUORATE_AUTHOR_KEY ?? 'only-for-this-example-'.repeat(3),
};

for (const name of ['out', '.quorate']) rmSync(`${folder}${name}`, { recursive: true, force: true });
mkdirSync(`${folder}out`);

/** Runs one command; anything but the expected exit code ends the example. @returns its standard output */
function run(command, argv, expected = 0) {
  const { status, stdout, stderr, error } = spawnSync(command, argv, { cwd: folder, env, encoding: 'utf8' });
  if (error) throw error;
  if (status !== expected)
    throw new Error(`${argv.join(' ')}: exit code ${status}, expected ${expected}\n${stdout}\n${stderr}`);
  return stdout;
}
const quorate = (line, expected) => {
  console.error(`$ quorate ${line}`);
  return run(process.execPath, [program, ...line.split(' ')], expected);
};
const script = (line, out) => writeFileSync(`${folder}${out}`, run(process.execPath, line.split(' ')));
const read = (json) => JSON.parse(json);

/** The share of negative ratings of the version in production, as the loop sees it. */
function negativeRate(expected) {
  const { triggers, due } = read(quorate('triggers --json', expected));
  const found = (id) => triggers.find(({ trigger }) => trigger === id);
  return { due, rate: found('negative_rate'), improvement: found('time_to_improvement') };
}

console.error('\n# Model A serves, and users give feedback on it');
quorate('models register answers --artefact model/a.json');
quorate('models promote answers 1 --reason serves-today');
script('users.mjs model/a.json answers:1 1 6 0.8 3', 'out/events-a.jsonl');
quorate('feedback import out/events-a.jsonl');
const cleaned = read(quorate('feedback clean --json'));
const before = negativeRate(1);

console.error('\n# What they say becomes preferences, beside the votes of a rater without a model');
quorate('feedback merge --out out/human.jsonl --items out/items.jsonl');
quorate('run job.yaml');
// The questions of this small world are alike, which the check of the data finds and is set to allow.
quorate(
  'export --preferences out/preferences.jsonl --items out/items.jsonl --out out/dpo --format trl --allow prompt_diversity',
);

console.error('\n# The loop finds that a training is due, and trains B');
quorate('loop --once --trust');
const trained = read(quorate('models show answers 2 --json'));
script('answer.mjs model/a.json answers:1', 'out/a.jsonl');
script(`answer.mjs ${trained.artefact} answers:2`, 'out/b.jsonl');
writeFileSync(
  `${folder}out/gate-b.json`,
  quorate('gate --candidate out/b.jsonl --baseline out/a.jsonl --gate gate.yaml --json'),
);
quorate('models promote answers 2 --gate-report out/gate-b.json --by example');

console.error('\n# C is broken: the gate stops it, and the registry does not take it');
quorate('train --loop broken.yaml --trust');
const broken = read(quorate('models show answers 3 --json'));
script(`answer.mjs ${broken.artefact} answers:3`, 'out/c.jsonl');
writeFileSync(
  `${folder}out/gate-c.json`,
  quorate('gate --candidate out/c.jsonl --baseline out/b.jsonl --gate gate.yaml --json', 1),
);
quorate('models promote answers 3 --gate-report out/gate-c.json', 1);

console.error('\n# Users use B (their day is pressed into a minute)');
script(`users.mjs ${trained.artefact} answers:2 2 0.0008 0.0006 0`, 'out/events-b.jsonl');
quorate('feedback import out/events-b.jsonl');
const after = negativeRate(0);

const gateOf = (name) => {
  const { answer, criteria } = read(readFileSync(`${folder}out/gate-${name}.json`, 'utf8'));
  return { answer, improvement: criteria[0].measured.improvement, interval: criteria[0].measured.interval };
};
const rateOf = ({ rate: { evidence } }) => ({
  share: evidence.value,
  n: evidence.n,
  authors: evidence.authors,
});
console.log(
  JSON.stringify(
    {
      production: read(quorate('models list --json')).models[0].production,
      set_aside: { events: cleaned.quarantined_events, authors: cleaned.quarantined_authors },
      negative_rate: { a: rateOf(before), b: rateOf(after) },
      gates: { b: gateOf('b'), c: gateOf('c') },
      training: trained.metrics,
      time_to_improvement_days: after.improvement.evidence.value,
      has_llm_judge: false,
    },
    null,
    2,
  ),
);
