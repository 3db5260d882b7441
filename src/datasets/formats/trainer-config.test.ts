import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { FormatName } from '../../domain/export-spec.ts';
import { formatNamed } from './index.ts';
import { labelSmoothing, type TrainerFacts } from './trainer-config.ts';

const facts: TrainerFacts & { readonly format: FormatName } = {
  kind: 'preference',
  format: 'trl',
  container: 'jsonl',
  splits: ['train'],
  pairAccuracy: 0.87,
  desirable: 0,
  undesirable: 0,
};

const trainerConfig = ({ format, ...rest }: typeof facts) =>
  formatNamed(format).trainerConfig?.(rest) ?? null;

describe('labelSmoothing', () => {
  it.each([
    [null, 0],
    [1, 0],
    [0.99, 0],
    [0.87, 0.13],
    [0.5, 0.45],
  ])('pair accuracy %s smooths by %s', (accuracy, smoothing) => {
    expect(labelSmoothing(accuracy)).toBe(smoothing);
  });
});

describe('trainerConfig', () => {
  it('uses the robust loss with the measured flip rate, and the plain one without', () => {
    expect(parse(trainerConfig(facts)!.text)).toMatchObject({ loss_type: ['robust'], label_smoothing: 0.13 });
    const plain = parse(trainerConfig({ ...facts, pairAccuracy: null })!.text) as object;
    expect(plain).toMatchObject({ loss_type: ['sigmoid'] });
    expect(plain).not.toHaveProperty('label_smoothing');
  });

  it.each([
    [300, 100, 1, 3],
    [100, 200, 2, 1],
    [110, 100, 1, 1],
  ])('balances KTO with %i desirable and %i undesirable rows', (desirable, undesirable, up, down) => {
    const config = parse(trainerConfig({ ...facts, kind: 'kto', desirable, undesirable })!.text) as Record<
      string,
      number
    >;
    expect([config.desirable_weight, config.undesirable_weight]).toEqual([up, down]);
    const ratio = (desirable * config.desirable_weight!) / (undesirable * config.undesirable_weight!);
    expect(ratio).toBeGreaterThanOrEqual(1);
    expect(ratio).toBeLessThanOrEqual(4 / 3);
  });

  it('configures axolotl for pairs, KTO and supervised rows', () => {
    const of = (kind: TrainerFacts['kind']) =>
      parse(trainerConfig({ ...facts, format: 'axolotl', kind })!.text) as {
        rl?: string;
        datasets: { type: unknown }[];
      };
    expect(of('preference')).toMatchObject({ rl: 'dpo', datasets: [{ type: 'chat_template.default' }] });
    expect(of('kto')).toMatchObject({ rl: 'kto', datasets: [{ type: { field_label: 'label' } }] });
    expect(of('sft').rl).toBeUndefined();
  });
});
