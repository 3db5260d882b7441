// The fake provider as a process of its own, for benches and kill tests.
//   node test/support/fake-provider-process.mjs [--latency-ms N] [--behave '{"does":"hang"}']
// Prints one JSON line: {"pid", "openAiUrl", "anthropicUrl", "countsUrl"}. GET countsUrl reports what was counted.
// It ends with its standard input.
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const { values } = parseArgs({
  options: {
    'latency-ms': { type: 'string', default: '0' },
    behave: { type: 'string' },
  },
});
const latencyMs = Number(values['latency-ms']);
const behaviour = values.behave === undefined ? undefined : JSON.parse(values.behave);

const { module } = await runnerImport(new URL('fake-provider.ts', import.meta.url).pathname, {
  configFile: false,
  logLevel: 'error',
});
const fake = await module.startFakeProvider({
  behave: async () => {
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    return behaviour;
  },
  route: (request, _body, response) => {
    if (request.url !== '/counts') return false;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(fake.ledger.counts));
    return true;
  },
});
fake.ledger.keepQuestions = false;
const { openAiUrl, anthropicUrl } = fake;
process.stdout.write(
  `${JSON.stringify({ pid: process.pid, openAiUrl, anthropicUrl, countsUrl: `${anthropicUrl}/counts` })}\n`,
);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
