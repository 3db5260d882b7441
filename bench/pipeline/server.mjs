// The cheapest server that a judge can talk to: one fixed verdict for every question, after a latency.
//   node bench/pipeline/server.mjs LATENCY_MS [facts]    prints its port; ends with its standard input
// With `facts` the same reply also names a claim and judges it, for whoever asks that.
import { createServer } from 'node:http';

const latencyMs = Number(process.argv[2] ?? 0);
const content = JSON.stringify({
  reason: 'Response A does what was asked, completely and correctly; Response B leaves out the second half.',
  verdict: 'A',
  ...(process.argv[3] === 'facts' && {
    claims: [{ sentence: 1, claim: 'The answer adds an example that helps.' }],
    judgements: [{ claim: 1, verdict: 'unverifiable', passage: null, quote: null }],
  }),
});
const body = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_767_323_045,
    model: 'bench',
    choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 800, completion_tokens: 40, total_tokens: 840 },
  }),
);
const headers = { 'content-type': 'application/json', 'content-length': body.length };

let calls = 0;
let firstAt = 0;
let lastAt = 0;
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    if (request.url === '/calls') return response.end(String(calls));
    if (request.url === '/asking-ms') return response.end(String(lastAt - firstAt));
    calls += 1;
    lastAt = performance.now();
    if (calls === 1) firstAt = lastAt;
    const answer = () => response.writeHead(200, headers).end(body);
    if (latencyMs === 0) answer();
    else setTimeout(answer, latencyMs);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0));
