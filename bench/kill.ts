import { type BatchKill, batchKillDrill } from '../test/support/batch-kill-drill.ts';
import { killDrill } from '../test/support/kill-drill.ts';

/** kill -9 at random moments, each followed by the same command: what is lost, what is paid twice, what it costs. */
export async function main(options: { readonly quick?: boolean } = {}): Promise<void> {
  const kills = options.quick ? 10 : 50;
  const drill = await killDrill({ items: options.quick ? 200 : 1000, kills, concurrency: 32, seed: 7 });
  console.log(
    `${drill.calls} calls, concurrency 32, ${drill.kills} kills (${drill.earlyKills} before the first call)\n`,
  );
  console.log(
    `- votes byte-identical to an undisturbed run: ${drill.sameVotes}; preferences: ${drill.samePreferences}`,
  );
  console.log(`- recorded replies asked again: ${drill.recordedAskedAgain}`);
  console.log(
    `- answered ${drill.answered}, of these paid twice ${drill.paidTwice}; most after one kill ${drill.mostPaidTwiceAfterOneKill}\n`,
  );

  const maxUsd = options.quick ? 0.1 : 1;
  const poor = await killDrill({
    items: options.quick ? 200 : 2000,
    kills: options.quick ? 10 : 100,
    concurrency: 4,
    seed: 8,
    maxUsd,
  });
  console.log(
    `under a budget of $${maxUsd}: ${poor.kills} kills, $${poor.usd.toFixed(4)} spent as the server counts it`,
  );
  console.log(
    `- ${poor.answered} answers, ${poor.recordedAskedAgain} recorded replies asked again, exit code ${poor.exitCode}`,
  );
  if (poor.usd > maxUsd) throw new Error('the budget was passed');
  await killBatches();
}

const steps = ['upload', 'create', 'retrieve', 'results'] as const;

/** One kill at every step of a batch, before and after the server did what was asked, then the same command. */
async function killBatches(): Promise<void> {
  for (const provider of ['openai', 'anthropic'] as const) {
    const kills: BatchKill[] = steps
      .filter((at) => provider === 'openai' || at !== 'upload')
      .flatMap((at) => (['before', 'after'] as const).map((when) => ({ at, when })));
    kills.push({ at: 'recorded' });
    const calm = await batchKillDrill(provider, []);
    const ends = await Promise.all(kills.map((kill) => batchKillDrill(provider, [kill])));
    const same = ends.filter(({ votes, exitCode }) => exitCode === 0 && votes === calm.votes).length;
    const twice = ends.filter(({ submitted, askedTwice }) => submitted > calm.submitted || askedTwice > 0);
    console.log(
      `\nbatches of ${provider}: ${ends.filter(({ struck }) => struck === 1).length} kills at ${kills.length} moments`,
    );
    console.log(`- runs with the votes of an undisturbed one: ${same}; submitted twice: ${twice.length}`);
    if (twice.length > 0) throw new Error('a batch was submitted twice');
  }
}
