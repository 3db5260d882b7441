import { reconcile } from '../src/reconcile/reconcile.ts';
import { drawLabels, type Measures, measure, yardstick } from './reconcile/measure.ts';
import { otherSets } from './reconcile/other-sets.ts';
import { eightPanels, type Panel } from './reconcile/panels.ts';

/**
 * Reconciliation on recorded votes: `npm run bench -- reconcile`. The votes of all items are visible; the labels of some
 * clusters are given, the other items are measured.
 */
export async function main({ quick = false }: { readonly quick?: boolean } = {}): Promise<void> {
  const panels = await eightPanels();
  if (panels === null) {
    console.log('no recorded votes in ../shared/data: nothing measured');
    return;
  }
  const draws = quick ? 2 : 12;
  await table(panels, 'no labels', 0, 1, true);
  for (const size of [20, 50, 100]) await table(panels, `${size} labels`, size, draws, true);
  await table(panels, '100 labels, length not used', 100, draws, false);
  await otherSets(quick ? 2 : 8);
}

type Row = { -readonly [K in keyof Measures]: number } & { majority: number; bestJudge: number };

async function table(
  of: readonly Panel[],
  title: string,
  size: number,
  count: number,
  lengthEffects: boolean,
) {
  console.log(`\n### ${title}, mean of ${count} draws\n`);
  console.log(
    '| panel | accuracy | ECE | (floor) | ECE at 170 | Brier | kept at 90 % | majority | best judge | above both |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  const rows: Row[] = [];
  for (const panel of of) {
    const results: Row[] = [];
    for (let draw = 0; draw < count; draw += 1) {
      const { labels, gold } = drawLabels(panel, size, draw);
      const { preferences } = await reconcile(
        { votes: panel.votes, items: panel.items, ...(size > 0 && { labels }) },
        { lengthEffects, seed: draw },
      );
      results.push({ ...measure(preferences, gold), ...yardstick(panel, labels, gold) });
    }
    rows.push(average(results));
    print(panel.name, rows.at(-1)!);
  }
  print('**mean**', average(rows));
}

function print(name: string, row: Row): void {
  const above = row.accuracy - Math.max(row.majority, row.bestJudge);
  const cells = [
    row.accuracy,
    row.ece,
    row.eceFloor,
    row.eceAt170,
    row.brier,
    row.kept,
    row.majority,
    row.bestJudge,
    above,
  ];
  console.log(`| ${name} | ${cells.map((cell) => cell.toFixed(3)).join(' | ')} |`);
}

function average(rows: readonly Row[]): Row {
  const mean = { ...rows[0]! };
  for (const key of Object.keys(mean) as (keyof Row)[]) {
    mean[key] = rows.reduce((sum, row) => sum + row[key], 0) / rows.length;
  }
  return mean;
}
