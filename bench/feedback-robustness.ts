import {
  badStyles,
  drawPopulation,
  heldOutStyles,
  honestStyles,
  type Style,
} from '../test/support/feedback-population.ts';
import { type CleaningMeasure, measureCleaning } from '../test/support/measure-cleaning.ts';

/** Cleaning against simulated publics whose every author is known: `npm run bench -- feedback-robustness`. */
export async function main({ quick = false }: { readonly quick?: boolean } = {}): Promise<void> {
  const seeds = Array.from({ length: quick ? 4 : 20 }, (_, index) => 101 + index);
  await table('styles that the tests were designed with', seeds, badStyles);
  await table('styles that were held out', seeds, heldOutStyles);
  await table('no attackers', seeds, []);
}

async function table(title: string, seeds: readonly number[], styles: readonly Style[]): Promise<void> {
  const all: CleaningMeasure[] = [];
  for (const seed of seeds)
    all.push(
      await measureCleaning(
        drawPopulation({ seed, styles, ...(styles.length === 0 ? { badShare: 0 } : {}) }),
      ),
    );
  const percent = (value: number, digits = 1) => (100 * value).toFixed(digits);
  const row = (name: string, values: readonly number[], worst: number, digits = 1) =>
    `| ${name} | ${percent(values.reduce((sum, value) => sum + value, 0) / values.length, digits)} | ${percent(worst, digits)} |`;
  const of = (pick: (measure: CleaningMeasure) => number) => all.map(pick);
  const highest = (values: readonly number[]) => Math.max(...values);
  const rows = [
    row(
      'honest events set aside, %',
      of((one) => one.honestSetAside),
      highest(of((one) => one.honestSetAside)),
      2,
    ),
    row(
      'largest shift of a model, weighted, points',
      of((one) => one.weightedShift),
      highest(of((one) => one.weightedShift)),
      2,
    ),
    row(
      'largest shift of a model, kept events, points',
      of((one) => one.keptShift),
      highest(of((one) => one.keptShift)),
      2,
    ),
    row(
      'largest shift without cleaning, points',
      of((one) => one.uncleanedShift),
      highest(of((one) => one.uncleanedShift)),
      2,
    ),
  ];
  if (styles.length > 0)
    rows.unshift(
      row(
        'share of bad events, %',
        of((one) => one.badShare),
        highest(of((one) => one.badShare)),
      ),
      row(
        'bad events set aside, %',
        of((one) => one.badSetAside),
        Math.min(...of((one) => one.badSetAside)),
      ),
    );
  for (const style of [...styles, ...honestStyles]) {
    const shares = all.flatMap(({ styles: counts }) => {
      const [aside, events] = counts.get(style) ?? [0, 0];
      return events === 0 ? [] : [aside / events];
    });
    const worst = styles.includes(style) ? Math.min(...shares) : Math.max(...shares);
    rows.push(
      row(`${styles.includes(style) ? 'bad' : 'honest'}: ${style}, % of its events set aside`, shares, worst),
    );
  }
  const events = all.reduce((sum, one) => sum + one.events, 0);
  console.log(`\n${title}: ${seeds.length} seeds, ${events.toLocaleString('en')} events\n`);
  console.log(`| measure | mean | worst seed |\n|---|---|---|\n${rows.join('\n')}`);
}
