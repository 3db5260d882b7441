// Runs examples/quickstart from nothing to training pairs, and shows where one of them comes from.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const job = 'examples/quickstart/job.yaml';
const env = { ...process.env };
if (env.OLLAMA_MODEL === undefined) {
  const model = await firstModelOf('http://127.0.0.1:11434/v1');
  if (model !== null) env.OLLAMA_MODEL = model;
}

quorate('facts', 'index', 'examples/quickstart/notes', '--corpus', 'examples/quickstart/.quorate/corpus.db');
quorate('run', job);
quorate('explain', 'code-injection', '--job', job);
console.error(`
Results: examples/quickstart/out (votes, preferences, report, and a DPO training set in dpo/)
Next:    node bin/quorate.js init my-project`);

function quorate(...argv) {
  console.error(`\n$ quorate ${argv.join(' ')}`);
  const { status, error } = spawnSync(process.execPath, ['bin/quorate.js', ...argv], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** The first chat model that a server on this machine has; null where there is none. */
async function firstModelOf(baseUrl) {
  try {
    const response = await fetch(`${baseUrl}/models`, { signal: AbortSignal.timeout(1000) });
    const { data } = await response.json();
    return data.find(({ id }) => !/embed/i.test(id))?.id ?? null;
  } catch {
    return null;
  }
}
