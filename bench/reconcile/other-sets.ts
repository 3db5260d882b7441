import type { Vote } from '../../src/domain/vote.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import { expectedCalibrationError } from '../../src/stats/calibration/reliability-bins.ts';
import { seededRandom, shuffled } from '../../src/stats/random.ts';
import { type Panel, readPanel } from './panels.ts';

/** triviaqa (is the one answer correct?) and rb2 (scores of four candidates, eight samples each). */
export async function otherSets(draws: number): Promise<void> {
  const trivia = await readPanel('triviaqa', '', ['*']);
  console.log('| triviaqa | accuracy | ECE | Brier |\n|---|---|---|---|');
  for (const [size, count] of [
    [0, 1],
    [50, draws],
    [100, draws],
    [200, draws],
    [800, 1],
  ] as const) {
    await line(`${size} labels`, trivia, size, count, async (input, held) => {
      const { scores } = await reconcile(input);
      return scores.flatMap(({ item, probability }) => {
        const truth = held.get(item)?.[0];
        if (truth === undefined || truth.kind !== 'pointwise') return [];
        return [{ p: probability, y: truth.score === 1 ? 1 : 0 }];
      });
    });
  }
  for (const panel of ['base', '*']) {
    const rb2 = await readPanel('rb2', panel, [`*/${panel}`]);
    console.log(`\n| rb2 ${panel}, pairs | accuracy | ECE | Brier |\n|---|---|---|---|`);
    for (const [size, count] of [
      [0, 1],
      [50, draws],
      [100, draws],
    ] as const) {
      await line(`labels of ${size} items`, rb2, size, count, async (input, held) => {
        const { preferences } = await reconcile(input);
        return preferences.flatMap(({ item, pair, chosen, probability }) => {
          const truth = held
            .get(item)
            ?.find((label) => label.kind === 'pairwise' && pair.every((id) => label.shown.includes(id)));
          if (truth?.kind !== 'pairwise' || truth.preferred === undefined) return [];
          return [{ p: probability, y: chosen === truth.preferred ? 1 : 0 }];
        });
      });
    }
  }
}

type Judged = { p: number; y: number }[];

async function line(
  title: string,
  panel: Panel,
  size: number,
  count: number,
  judge: (
    input: { votes: readonly Vote[]; items: Panel['items']; labels?: readonly Vote[] },
    held: ReadonlyMap<string, readonly Vote[]>,
  ) => Promise<Judged>,
): Promise<void> {
  const sums = [0, 0, 0];
  for (let draw = 0; draw < count; draw += 1) {
    const clusterOf = new Map(panel.items.map(({ id, cluster }) => [id, cluster ?? id]));
    const random = seededRandom(`draw ${draw}`);
    // half of the clusters may be labelled, the other half is measured
    const clusters = shuffled([...new Set(clusterOf.values())].sort(), random);
    const open = new Set(clusters.slice(0, clusters.length / 2));
    const labellable = panel.items.filter(({ id }) => open.has(clusterOf.get(id)!)).map(({ id }) => id);
    const chosen = new Set(shuffled(labellable, random).slice(0, size));
    const held = new Map<string, Vote[]>();
    for (const label of panel.labels) {
      if (!open.has(clusterOf.get(label.item)!))
        held.set(label.item, [...(held.get(label.item) ?? []), label]);
    }
    const labels = panel.labels.filter(({ item }) => chosen.has(item));
    const judged = await judge({ votes: panel.votes, items: panel.items, ...(size > 0 && { labels }) }, held);
    const confidence = judged.map(({ p }) => Math.max(p, 1 - p));
    const right = judged.map(({ p, y }) => (p === 0.5 ? 0.5 : p > 0.5 === (y === 1) ? 1 : 0));
    const ece = expectedCalibrationError(confidence, right);
    sums[0]! += right.reduce((sum: number, value) => sum + value, 0) / right.length / count;
    sums[1]! += (ece.defined ? ece.value : 0) / count;
    sums[2]! += judged.reduce((sum, { p, y }) => sum + (p - y) ** 2, 0) / judged.length / count;
  }
  console.log(`| ${title} | ${sums.map((value) => value.toFixed(3)).join(' | ')} |`);
}
