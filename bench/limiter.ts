import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { systemClock } from '../src/app/system-clock.ts';
import { ProviderError } from '../src/domain/provider-error.ts';
import { AdaptiveConcurrency } from '../src/engine/calls/limits/adaptive-concurrency.ts';
import { EndpointLimiter } from '../src/engine/calls/limits/endpoint-limiter.ts';
import { openCompatible } from '../src/providers/openai-compatible/open-compatible.ts';
import { worstSecond } from '../test/support/strict-server.ts';

interface Setting {
  readonly name: string;
  readonly rpm: number;
  readonly tpm: number;
  readonly limits: { readonly rpm?: number; readonly tpm?: number };
}

const plenty = 1e12;
const settings: readonly Setting[] = [
  { name: '1,500 requests a minute', rpm: 1500, tpm: plenty, limits: { rpm: 1500 } },
  { name: '6,000 requests a minute', rpm: 6000, tpm: plenty, limits: { rpm: 6000 } },
  { name: '3,000,000 tokens a minute', rpm: plenty, tpm: 3_000_000, limits: { tpm: 3_000_000 } },
];
/** The first seconds, in which concurrency is felt for, are not counted. */
const warmUpMs = 3000;

/** The limiter with real time and real HTTP against a server in another process that enforces its limits strictly. */
export async function main(options: { readonly quick?: boolean } = {}): Promise<void> {
  const forMs = options.quick ? 10_000 : 60_000;
  console.log(
    `${forMs / 1000} s each, after ${warmUpMs / 1000} s of warm-up; buckets of one second; 200 ms server\n`,
  );
  console.log(
    '| limit | of the allowed rate | 429s | worst second, as sent | as the server saw it |\n|---|---:|---:|---:|---:|',
  );
  for (const setting of settings) await measureSetting(setting, forMs);
}

async function measureSetting({ name, rpm, tpm, limits }: Setting, forMs: number): Promise<void> {
  const server = spawn(
    process.execPath,
    [new URL('../../bench/limiter/strict-server.mjs', import.meta.url).pathname, String(rpm), String(tpm)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const [port] = (await once(server.stdout, 'data')) as [Buffer];
  const root = `http://127.0.0.1:${String(port).trim()}`;
  const model = openCompatible(
    {
      provider: 'openai-compatible',
      model: 'strict',
      family: null,
      baseUrl: root,
      timeoutMs: 10_000,
      limits,
      price: null,
      structured: 'off',
    },
    {},
  );
  const limiter = new EndpointLimiter(limits, new AdaptiveConcurrency(512), systemClock);
  const stop = new AbortController();
  const sent: number[] = [];
  const caller = async (number: number) => {
    for (let n = 0; !stop.signal.aborted; n += 1)
      await callOnce(`${'word '.repeat((number * 31 + n) % 80)}?`);
  };
  const callOnce = async (text: string) => {
    const permit = await limiter.enter(text.length / 4 + 600, stop.signal);
    const started = performance.now();
    sent.push(started);
    try {
      const request = { messages: [{ role: 'user', content: text }], maxTokens: 600 } as const;
      const { usage } = await model.complete(request, { signal: stop.signal });
      const tokens = usage === null ? null : usage.input + usage.output;
      permit.end({ outcome: 'reply', tokens, latencyMs: performance.now() - started });
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const wait = error.retryAfterMs;
      permit.end({
        outcome: 'error',
        kind: error.kind,
        ...(wait === undefined ? {} : { retryAfterMs: wait }),
      });
    }
  };
  const callers = Array.from({ length: 400 }, (_, number) => caller(number).catch(() => {}));
  await systemClock.sleep(warmUpMs);
  await fetch(`${root}/seen`);
  await systemClock.sleep(forMs);
  const { arrivals, refused } = (await (await fetch(`${root}/seen`)).json()) as {
    readonly arrivals: readonly (readonly [number, number])[];
    readonly refused: number;
  };
  stop.abort();
  await Promise.all(callers);
  await model.close?.();
  server.stdin.end();
  const byTokens = limits.tpm !== undefined;
  const units = arrivals.map(([, tokens]) => (byTokens ? tokens : 1));
  const times = arrivals.map(([at]) => at);
  const perSecond = (byTokens ? tpm : rpm) / 60;
  const share = units.reduce((sum, one) => sum + one, 0) / ((perSecond * forMs) / 1000);
  const worst = worstSecond(times, units) / perSecond;
  const refusals = refused / Math.max(1, arrivals.length);
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
  const ones = sent.map(() => 1);
  const worstSent = byTokens ? '-' : percent(worstSecond(sent, ones) / perSecond);
  console.log(`| ${name} | ${percent(share)} | ${percent(refusals)} | ${worstSent} | ${percent(worst)} |`);
}
