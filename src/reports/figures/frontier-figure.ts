const width = 720;
const height = 420;
const margin = { left: 64, right: 24, top: 32, bottom: 52 };
const colours = { fixed: '#7a7a7a', cascade: '#b3661a', adaptive: '#1a66b3' } as const;

/** An allocation plan as a point of the figure. */
export interface PlottedPlan {
  readonly kind: keyof typeof colours;
  /** Shown on hover. */
  readonly label: string;
  /** Per item, in the unit of the axis; plans that cost nothing are not drawn. */
  readonly cost: number;
  /** 0 to 1. */
  readonly quality: number;
  readonly recommended: boolean;
}

/** Quality against cost (log scale), a line for each kind of plan. */
export function frontierSvg(points: readonly PlottedPlan[], unit: 'US dollars' | 'calls'): string {
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
    const line = priced.filter((plan) => plan.kind === kind).sort((a, b) => a.cost - b.cost);
    if (line.length === 0) continue;
    const path = line.map(({ cost, quality }) => `${x(cost).toFixed(1)},${y(quality).toFixed(1)}`).join(' ');
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${colours[kind]}" stroke-width="2"/>`,
      ...line.map(
        (point) =>
          `<circle cx="${x(point.cost).toFixed(1)}" cy="${y(point.quality).toFixed(1)}" r="${point.recommended ? 7 : 3.5}" fill="${colours[kind]}"><title>${point.label}</title></circle>`,
      ),
      `<text x="${margin.left + 12 + 90 * place}" y="20" fill="${colours[kind]}">${kind}</text>`,
    );
  }
  parts.push(
    `<text x="${width / 2}" y="${height - 10}" text-anchor="middle">${unit} per item (log scale)</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12"><rect width="${width}" height="${height}" fill="#fff"/>${parts.join('')}</svg>\n`;
}

function spanOf(values: readonly number[]): { low: number; length: number } {
  const low = Math.min(...values);
  const length = Math.max(...values) - low;
  return { low, length: length > 0 ? length : 1 };
}
