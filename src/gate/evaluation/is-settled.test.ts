import { describe, expect, it } from 'vitest';
import { bothOrders } from '../../../test/support/gate-parts.ts';
import { defaultCriterion, defaultGateSettings, type GateSettings } from '../../domain/gate-settings.ts';
import { GateTable } from './gate-table.ts';
import { isSettled } from './is-settled.ts';
import type { PairedItem } from './paired-item.ts';

const all = Array.from(
  { length: 200 },
  (_, index): PairedItem => ({
    id: `q${index}`,
    prompt: null,
    category: index < 150 ? 'common' : 'rare',
    candidates: [
      { id: 'candidate', text: null },
      { id: 'baseline', text: null },
    ],
  }),
);

/** A candidate that wins everything, with constitution vetoes on the first judged items. */
function settled(asked: number, flagged: number, settings: Partial<GateSettings>): boolean {
  const whole = { ...defaultGateSettings, ...settings };
  const table = new GateTable(all, whole);
  for (const vote of bothOrders(asked, 'judge', () => 'candidate')) table.add(vote);
  for (let index = 0; index < asked; index += 1) {
    const bad = index < flagged;
    table.add({
      item: `q${index}`,
      rater: 'principles',
      rater_kind: 'constitution',
      kind: 'pointwise',
      candidate: 'candidate',
      outcome: 'verdict',
      score: bad ? 0 : 1,
      scale: [0, 1],
      veto: bad,
    });
  }
  return isSettled({ items: all.slice(0, asked), checked: all, table, settings: whole });
}

const floor = (limits: object) => ({
  floors: [{ ...defaultGateSettings.floors[0]!, maxIncrease: null, named: true, ...limits }],
});

describe('a sequential gate', () => {
  it('stops once the answer is clear, and not before the first item', () => {
    expect(settled(0, 0, {})).toBe(false);
    expect(settled(50, 0, {})).toBe(true);
  });

  it('stops for a broken floor only if no further item can repair it', () => {
    const rate = floor({ maxRate: 0.02 });
    expect(settled(50, 2, rate)).toBe(false);
    expect(settled(50, 5, rate)).toBe(true);
    expect(settled(50, 1, floor({ maxCount: 0 }))).toBe(true);
  });

  it('does not stop before every slice has been judged', () => {
    const slice = {
      by: 'category',
      is: null,
      test: 'non_inferiority',
      margin: 0.05,
      minItems: 20,
      required: true,
      priority: 1,
    } as const;
    const criteria = [{ ...defaultCriterion('win_rate'), slices: [slice] }];
    expect(settled(140, 0, { criteria })).toBe(false);
    expect(settled(190, 0, { criteria })).toBe(true);
  });
});
