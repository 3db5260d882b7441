// The load generator, a process of its own: posts feedback events, singly or in batches, and prints what it saw as JSON.
//   node bench/feedback/load.mjs URL TOKEN '{"events":10000,"concurrency":32,"batch":1,"perSecond":null,"prefix":"a"}'
import { Agent, request } from 'node:http';

const [url, token] = process.argv.slice(2, 4);
const { events, concurrency, batch, perSecond, prefix } = JSON.parse(process.argv[4]);
const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
const at = new Date().toISOString();
const latenciesMs = [];
const statuses = {};

function event(index) {
  return {
    id: `${prefix}${index}`,
    session_id: `s${index}`,
    query_id: `q${index}`,
    response_id: `${prefix}r${index}`,
    query: `Question ${index}: ${'why is the sky blue? '.repeat(5)}`,
    response: `Answer ${index}: ${'because of Rayleigh scattering. '.repeat(30)}`,
    model_version: 'm1',
    settings: { temperature: 0.5, top_p: 0.9 },
    at,
    source: 'bench',
    author: `person ${index}`,
    kind: 'thumb',
    thumb: index % 3 === 0 ? 'down' : 'up',
  };
}

function post(index) {
  const content =
    batch === 1 ? event(index) : Array.from({ length: batch }, (_, n) => event(index * batch + n));
  const body = Buffer.from(JSON.stringify(content));
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': body.length,
  };
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const asking = request(`${url}/v1/feedback`, { agent, method: 'POST', headers }, (response) => {
      response.resume();
      response.on('end', () => {
        latenciesMs.push(performance.now() - began);
        statuses[response.statusCode] = 1 + (statuses[response.statusCode] ?? 0);
        resolve();
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

/** As fast as the answers come, so many at a time. */
async function closedLoop(count) {
  let next = 0;
  const send = async () => {
    while (next < count) await post(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, send));
}

/** At a steady rate, whatever the answers do: a slow answer delays no other start. */
async function openLoop(count) {
  const began = performance.now();
  const inFlight = [];
  for (let index = 0; index < count; index += 1) {
    const waitMs = began + (index * 1000) / perSecond - performance.now();
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
    inFlight.push(post(index));
  }
  await Promise.all(inFlight);
}

const count = Math.ceil(events / batch);
const began = performance.now();
await (perSecond === null ? closedLoop(count) : openLoop(count));
const seconds = (performance.now() - began) / 1000;
latenciesMs.sort((a, b) => a - b);
const quantile = (share) =>
  latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(share * latenciesMs.length))];
const { user, system } = process.cpuUsage();
process.stdout.write(
  JSON.stringify({
    perSecond: (count * batch) / seconds,
    p50: quantile(0.5),
    p99: quantile(0.99),
    max: latenciesMs.at(-1),
    statuses,
    cpuSeconds: (user + system) / 1e6,
  }),
);
agent.destroy();
