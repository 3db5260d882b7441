import { describe, expect, it } from 'vitest';
import { repairJson } from './repair-json.ts';

describe('repairJson', () => {
  it('repairs what a model writes instead of JSON', () => {
    expect(repairJson(`{"reason": 'it is right', verdict: "A",}`)).toEqual({
      text: '{"reason": "it is right", "verdict": "A"}',
      value: { reason: 'it is right', verdict: 'A' },
    });
  });

  it('leaves what is nested too deeply or too long to be a verdict', () => {
    const nested = (depth: number) => `{'a': ${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(repairJson(nested(150))).not.toBeNull();
    expect(repairJson(nested(100_000))).toBeNull();
    expect(repairJson(`{'a': '${'x'.repeat(300_000)}'}`)).toBeNull();
  });

  it('returns null for irreparable text', () => {
    expect(repairJson('{:}')).toBeNull();
  });
});
