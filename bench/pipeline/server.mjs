// The cheapest server that a judge can talk to: one fixed verdict for every question, after a latency.
//   node bench/pipeline/server.mjs LATENCY_MS [methods]    prints its port; ends with its standard input
// With `methods` the reply also names a claim of its own for every response, judges claims, and finds answers in order:
// all that rules, facts, constitutions and checks of judges ask for.
import { createServer } from 'node:http';

const latencyMs = Number(process.argv[2] ?? 0);
const verdict = {
  reason: 'Response A does what was asked, completely and correctly; Response B leaves out the second half.',
  verdict: 'A',
};
const answersAll = process.argv[3] === 'methods';
const fixed = bodyOf(verdict);

function bodyOf(answer) {
  const message = { role: 'assistant', content: JSON.stringify(answer), refusal: null };
  return Buffer.from(
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_767_323_045,
      model: 'bench',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage: { prompt_tokens: 800, completion_tokens: 40, total_tokens: 840 },
    }),
  );
}

/** @param question the request as it came, with "First answer 17." or the like in it. */
function answerTo(question) {
  const [which] = /(?:First|Second) answer \d+/.exec(question) ?? ['It'];
  return bodyOf({
    ...verdict,
    score: 1,
    claims: [{ sentence: 1, claim: `${which} adds an example that helps.` }],
    judgements: [{ claim: 1, verdict: 'unverifiable', passage: null, quote: null }],
  });
}

let calls = 0;
let firstAt = 0;
let lastAt = 0;
const server = createServer((request, response) => {
  let question = '';
  if (answersAll) request.setEncoding('utf8').on('data', (part) => (question += part));
  else request.resume();
  request.on('end', () => {
    if (request.url === '/calls') return response.end(String(calls));
    if (request.url === '/asking-ms') return response.end(String(lastAt - firstAt));
    calls += 1;
    lastAt = performance.now();
    if (calls === 1) firstAt = lastAt;
    const body = answersAll ? answerTo(question) : fixed;
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const answer = () => response.writeHead(200, headers).end(body);
    if (latencyMs === 0) answer();
    else setTimeout(answer, latencyMs);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0));
