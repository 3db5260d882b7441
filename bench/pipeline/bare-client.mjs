// The floor: a keep-alive node:http loop that sends the same bodies and reads the replies, and does nothing else.
//   node bench/pipeline/bare-client.mjs PORT CALLS CONCURRENCY BODY_FILE
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

const [port, calls, concurrency] = process.argv.slice(2, 5).map(Number);
const template = readFileSync(process.argv[5], 'utf8');
const agent = new Agent({ keepAlive: true, maxSockets: concurrency });

function call(index) {
  return new Promise((resolve, reject) => {
    // every question is another one, as in a run
    const body = Buffer.from(template.replace('QUESTION', `Question ${index}`));
    const headers = {
      'content-type': 'application/json',
      authorization: 'Bearer k',
      'content-length': body.length,
    };
    const asking = request(
      { agent, host: '127.0.0.1', port, method: 'POST', path: '/v1/chat/completions', headers },
      (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString('utf8'))));
        response.on('error', reject);
      },
    );
    asking.on('error', reject);
    asking.end(body);
  });
}

let next = 0;
const began = performance.now();
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    while (next < calls) await call(next++);
  }),
);
process.stderr.write(`asked ${calls} in ${(performance.now() - began).toFixed(0)} ms\n`);
agent.destroy();
