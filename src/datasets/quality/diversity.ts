import { visitShingles } from '../../stats/similarity/minhash.ts';
import type { SplitPlan } from '../splits/plan-splits.ts';
import { notMeasured, percent, type QualityCheck, type QualityResult, statusOf } from './check.ts';

/** MUST: prompts differ. Measured as the share of items whose prompt nearly repeats another's. */
export function promptDiversity(
  plan: Pick<SplitPlan, 'items' | 'nearDuplicates'>,
  maxShare = 0.3,
): QualityResult {
  const target = `at most ${percent(maxShare)} near-duplicate prompts`;
  if (plan.items === 0) return notMeasured('prompt_diversity', 'MUST', target, 'there are no items');
  const share = plan.nearDuplicates / plan.items;
  return {
    check: 'prompt_diversity',
    level: 'MUST',
    status: statusOf('MUST', share <= maxShare),
    value: share,
    n: plan.items,
    target,
    message: `${plan.nearDuplicates} of ${plan.items} prompts are near-duplicates or share a cluster`,
  };
}

/** Maximum n-gram hashes for distinct-2; beyond it, the value covers the first part of the data. */
const maxGrams = 500_000;

/** INFO: distinct-2, the share of word bigrams in the prompts that are different (Li et al. 2016). */
export function distinctBigrams(): QualityCheck {
  const target = 'higher is more varied; falls with size, so compare data sets of one size';
  const seen = new Set<number>();
  let bigrams = 0;
  let rows = 0;
  let last = '';
  return {
    observe(example) {
      if (example.meta.item === last || bigrams >= maxGrams) return;
      last = example.meta.item;
      rows += 1;
      for (const message of example.prompt) {
        visitShingles(message.content, 2, (hash) => {
          bigrams += 1;
          seen.add(hash);
        });
      }
    },
    conclude() {
      if (bigrams === 0) return notMeasured('distinct_2', 'INFO', target, 'the prompts have no words');
      const value = seen.size / bigrams;
      const message = `${seen.size} different of ${bigrams} bigrams in the prompts`;
      return { check: 'distinct_2', level: 'INFO', status: 'pass', value, n: rows, target, message };
    },
  };
}

/** SHOULD: topics are balanced: no category holds more than its cap, and the effective number of categories is reported. */
export function topicBalance(maxShare = 0.5): QualityCheck {
  const target = `no category above ${percent(maxShare)}`;
  const counts = new Map<string, number>();
  let n = 0;
  return {
    observe(example) {
      const category = example.meta.category;
      if (category === null) return;
      n += 1;
      counts.set(category, (counts.get(category) ?? 0) + 1);
    },
    conclude() {
      if (n === 0) return notMeasured('topic_balance', 'SHOULD', target, 'no item has a category');
      const shares = [...counts.values()].map((count) => count / n);
      const largest = Math.max(...shares);
      const effective = Math.exp(-shares.reduce((sum, share) => sum + share * Math.log(share), 0));
      return {
        check: 'topic_balance',
        level: 'SHOULD',
        status: statusOf('SHOULD', largest <= maxShare),
        value: largest,
        n,
        target,
        message: `${counts.size} categories (as many as ${effective.toFixed(1)} equal ones); the largest holds ${percent(largest)}`,
        details: Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)),
      };
    },
  };
}
