// A provider that enforces requests and tokens a minute with token buckets of one second's worth, as a process of its
// own: node strict-server.mjs RPM TPM. Prints its port; GET /seen reports when calls arrived and how many were refused.
import { createServer } from 'node:http';

const [rpm, tpm] = process.argv.slice(2).map(Number);
const capacityS = 1;
const buckets = [rpm, tpm].map((perMinute) => ({
  perMs: perMinute / 60_000,
  capacity: (perMinute / 60) * capacityS,
  level: (perMinute / 60) * capacityS,
  at: performance.now(),
}));
let arrivals = [];
let refused = 0;

function level(bucket, now) {
  bucket.level = Math.min(bucket.capacity, bucket.level + (now - bucket.at) * bucket.perMs);
  bucket.at = now;
  return bucket.level;
}

createServer((request, response) => {
  if (request.url === '/seen') {
    response.end(JSON.stringify({ arrivals, refused }));
    arrivals = [];
    refused = 0;
    return;
  }
  const now = performance.now();
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const tokens = 300 + (body.length % 400);
    const [requests, used] = buckets;
    if (level(requests, now) < 1 || level(used, now) < tokens) {
      refused += 1;
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after-ms': '500' });
      response.end('{"error":{"message":"Rate limit reached"}}');
      return;
    }
    requests.level -= 1;
    used.level -= tokens;
    arrivals.push([now, tokens]);
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          model: 'strict',
          choices: [{ index: 0, message: { role: 'assistant', content: 'A' }, finish_reason: 'stop' }],
          usage: { prompt_tokens: tokens - 10, completion_tokens: 10, total_tokens: tokens },
        }),
      );
    }, 200);
  });
}).listen(0, '127.0.0.1', function listening() {
  process.stdout.write(`${this.address().port}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
