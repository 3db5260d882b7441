import { familyOf } from '../../domain/family.ts';
import { notMeasured, percent, type QualityCheck, statusOf } from './check.ts';
import { remember } from './remember.ts';

/** SHOULD: no single model wrote nearly all chosen responses; otherwise the data teach its style, not quality. */
export function modelShare(maxShare = 0.8): QualityCheck {
  const target = `no model wrote more than ${percent(maxShare)} of the chosen responses`;
  const counts = new Map<string, number>();
  let n = 0;
  return {
    observe(example) {
      const model = example.meta.models[0] ?? null;
      if (model === null) return;
      n += 1;
      counts.set(model, (counts.get(model) ?? 0) + 1);
    },
    conclude() {
      if (n === 0) return notMeasured('model_share', 'SHOULD', target, 'no candidate names its model');
      const [model, count] = [...counts].sort(([, a], [, b]) => b - a)[0]!;
      return {
        check: 'model_share',
        level: 'SHOULD',
        status: statusOf('SHOULD', count / n <= maxShare),
        value: count / n,
        n,
        target,
        message: `${model} wrote ${percent(count / n)} of the chosen responses; ${counts.size} models in all`,
        details: Object.fromEntries(counts),
      };
    },
  };
}

/** INFO: how often each family's response wins against another family's: a lead may be quality or self-preference. */
export function familyWins(): QualityCheck {
  const target = 'compare with `quorate agree`, which measures the self-preference of each judge';
  const wins = new Map<string, { won: number; n: number }>();
  let n = 0;
  const family = remember(familyOf);
  const count = (family: string, won: number): void => {
    const entry = wins.get(family) ?? { won: 0, n: 0 };
    wins.set(family, { won: entry.won + won, n: entry.n + 1 });
  };
  return {
    observe(example) {
      if (example.kind !== 'preference') return;
      const [chosen, rejected] = [family(example.meta.models[0] ?? ''), family(example.meta.models[1] ?? '')];
      if (chosen === null || rejected === null || chosen === rejected) return;
      n += 1;
      count(chosen, 1);
      count(rejected, 0);
    },
    conclude() {
      if (n === 0) return notMeasured('family_wins', 'INFO', target, 'no pair of two known families');
      const shares = Object.fromEntries([...wins].map(([family, entry]) => [family, entry.won / entry.n]));
      const value = Math.max(...Object.values(shares));
      const message = `win rate against other families: ${Object.entries(shares)
        .map(([family, won]) => `${family} ${percent(won)}`)
        .join(', ')}`;
      return {
        check: 'family_wins',
        level: 'INFO',
        status: 'pass',
        value,
        n,
        target,
        message,
        details: shares,
      };
    },
  };
}
