import type { FrontierPoint } from '../../engine/simulate/frontier.ts';

const width = 720;
const height = 420;
const margin = { left: 64, right: 24, top: 32, bottom: 52 };
const colours = { fixed: '#7a7a7a', cascade: '#b3661a', adaptive: '#1a66b3' } as const;

/** How a plan is asked for again on the command line. */
export function settingOf({ allocation, samples, target_error, usd_per_item_limit }: FrontierPoint): string {
  const parts = [
    `--allocation ${allocation}`,
    samples === null ? '' : `--samples ${samples}`,
    target_error === null ? '' : `--target-error ${target_error}`,
    usd_per_item_limit === null ? '' : `--usd-per-item ${usd_per_item_limit}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** One line a plan, the cheapest first; the bar is the share of the span between the worst and the best plan. */
export function frontierLines(points: readonly FrontierPoint[], chosen: FrontierPoint | null): string[] {
  const sorted = [...points].sort((a, b) => a.cost - b.cost);
  const span = spanOf(sorted.map(({ quality }) => quality));
  const settings = sorted.map(settingOf);
  const wide = Math.max(...settings.map((text) => text.length));
  const unit = sorted.every(({ score }) => score.usd_per_item !== null) ? '$/item' : 'calls/item';
  const measure = sorted.every(({ score }) => score.accuracy !== null) ? 'accuracy' : 'claimed (no labels)';
  return [
    `  ${'plan'.padEnd(wide)}  ${unit.padStart(10)}  ${measure}`,
    ...sorted.map((point, k) => {
      const bar = '█'.repeat(1 + Math.round(29 * ((point.quality - span.low) / span.length)));
      const mark = point === chosen ? '>' : ' ';
      const cost = point.cost < 1 ? point.cost.toFixed(5) : point.cost.toFixed(1);
      return `${mark} ${settings[k]!.padEnd(wide)}  ${cost.padStart(10)}  ${(100 * point.quality).toFixed(1).padStart(5)} % ${bar}`;
    }),
  ];
}

/** Quality against cost (log scale), a line for each kind of plan. */
export function frontierSvg(points: readonly FrontierPoint[], chosen: FrontierPoint | null): string {
  const priced = points.filter(({ cost }) => cost > 0);
  const costs = spanOf(priced.map(({ cost }) => Math.log(cost)));
  const qualities = spanOf(priced.map(({ quality }) => quality));
  const x = (cost: number) =>
    margin.left + ((Math.log(cost) - costs.low) / costs.length) * (width - margin.left - margin.right);
  const y = (quality: number) =>
    height -
    margin.bottom -
    ((quality - qualities.low) / qualities.length) * (height - margin.top - margin.bottom);
  const parts: string[] = [];
  for (let k = 0; k <= 4; k += 1) {
    const quality = qualities.low + (k / 4) * qualities.length;
    const cost = Math.exp(costs.low + (k / 4) * costs.length);
    parts.push(
      `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(quality).toFixed(1)}" y2="${y(quality).toFixed(1)}" stroke="#ddd"/>`,
      `<text x="${margin.left - 8}" y="${(y(quality) + 4).toFixed(1)}" text-anchor="end">${(100 * quality).toFixed(1)} %</text>`,
      `<text x="${x(cost).toFixed(1)}" y="${height - margin.bottom + 20}" text-anchor="middle">${cost.toPrecision(2)}</text>`,
    );
  }
  for (const [place, kind] of (['fixed', 'cascade', 'adaptive'] as const).entries()) {
    const line = priced.filter(({ allocation }) => allocation === kind).sort((a, b) => a.cost - b.cost);
    if (line.length === 0) continue;
    const path = line.map(({ cost, quality }) => `${x(cost).toFixed(1)},${y(quality).toFixed(1)}`).join(' ');
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${colours[kind]}" stroke-width="2"/>`,
      ...line.map(
        (point) =>
          `<circle cx="${x(point.cost).toFixed(1)}" cy="${y(point.quality).toFixed(1)}" r="${point === chosen ? 7 : 3.5}" fill="${colours[kind]}"><title>${settingOf(point)}</title></circle>`,
      ),
      `<text x="${margin.left + 12 + 90 * place}" y="20" fill="${colours[kind]}">${kind}</text>`,
    );
  }
  const unit = points.every(({ score }) => score.usd_per_item !== null) ? 'US dollars' : 'calls';
  parts.push(
    `<text x="${width / 2}" y="${height - 10}" text-anchor="middle">${unit} an item (log scale)</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12"><rect width="${width}" height="${height}" fill="#fff"/>${parts.join('')}</svg>\n`;
}

function spanOf(values: readonly number[]): { low: number; length: number } {
  const low = Math.min(...values);
  const length = Math.max(...values) - low;
  return { low, length: length > 0 ? length : 1 };
}
