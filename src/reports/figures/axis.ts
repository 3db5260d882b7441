import { type Markup, svg } from './figure.ts';

/** A linear scale from data to pixels. */
export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
  steps = 5,
): Scale {
  const [low, high] = domain;
  const place = (value: number) => range[0] + ((value - low) / (high - low)) * (range[1] - range[0]);
  return Object.assign(place, { domain, ticks: ticksOf(low, high, steps) });
}

/** Round numbers inside the domain, about `steps` of them. */
function ticksOf(low: number, high: number, steps: number): number[] {
  const rough = (high - low) / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? rough;
  const first = Math.ceil(low / step - 1e-9);
  return Array.from(
    { length: Math.floor(high / step + 1e-9) - first + 1 },
    (_, index) => (first + index) * step,
  );
}

/** Rules and numbers below a plot area. */
export function bottomAxis(
  scale: Scale,
  top: number,
  bottom: number,
  label: (value: number) => string,
): Markup {
  return svg`${scale.ticks.map(
    (tick) =>
      svg`<line class="rule" x1="${scale(tick)}" x2="${scale(tick)}" y1="${top}" y2="${bottom}"/><text class="soft small num" x="${scale(tick)}" y="${bottom + 15}" text-anchor="middle">${label(tick)}</text>`,
  )}`;
}

/** Rules and numbers to the left of a plot area. */
export function leftAxis(
  scale: Scale,
  left: number,
  right: number,
  label: (value: number) => string,
): Markup {
  return svg`${scale.ticks.map(
    (tick) =>
      svg`<line class="rule" x1="${left}" x2="${right}" y1="${scale(tick)}" y2="${scale(tick)}"/><text class="soft small num" x="${left - 7}" y="${scale(tick) + 4}" text-anchor="end">${label(tick)}</text>`,
  )}`;
}

export function percent(value: number): string {
  return `${Math.round(value * 100)} %`;
}
