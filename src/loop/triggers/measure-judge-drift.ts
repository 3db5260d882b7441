import { existsSync } from 'node:fs';
import type { TriggerRule } from '../../domain/loop.ts';
import type { PairwiseVote, Vote } from '../../domain/vote.ts';
import { readVotes } from '../../files/votes.ts';
import { clusteredMean } from '../../stats/intervals/cluster-standard-error.ts';
import { studentQuantile } from '../../stats/special/student-t.ts';
import type { Measurement, TriggerParts } from './measurement.ts';
import { windowOf } from './window.ts';

interface HumanVote {
  readonly item: string;
  readonly preferred: string;
  readonly atMs: number;
}

/** Drop in the judges' agreement with humans: agreement before the window minus agreement in it. The agreement of a human
 * vote is the share of judges that preferred the same response of the same pair. Standard errors are clustered by item.
 */
export async function measureJudgeDrift(parts: TriggerParts, rule: TriggerRule): Promise<Measurement> {
  const window = windowOf(parts, rule);
  const human = new Map<string, HumanVote[]>();
  let undated = 0;
  for await (const vote of verdicts(parts.loop.votes, ['human', 'gold'])) {
    if (vote.at === undefined) undated += 1;
    else {
      const { item, preferred, at } = vote;
      const key = keyOf(vote);
      if (!human.has(key)) human.set(key, []);
      human.get(key)!.push({ item, preferred: preferred!, atMs: Date.parse(at) });
    }
  }
  const judges = new Map<string, Map<string, number>>();
  for await (const vote of verdicts(parts.loop.votes, ['llm', 'constitution'])) {
    const key = keyOf(vote);
    if (!human.has(key)) continue;
    const counts = judges.get(key) ?? new Map<string, number>();
    counts.set(vote.preferred!, (counts.get(vote.preferred!) ?? 0) + 1);
    judges.set(key, counts);
  }
  const sides = { before: side(), recent: side() };
  for (const [key, votes] of human) {
    const counts = judges.get(key);
    if (counts === undefined) continue;
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    for (const { item, preferred, atMs } of votes) {
      if (atMs >= Date.parse(window.until)) continue;
      const { values, items } = sides[atMs < Date.parse(window.since) ? 'before' : 'recent'];
      values.push((counts.get(preferred) ?? 0) / all);
      items.push(item);
    }
  }
  const before = clusteredMean(sides.before.values, sides.before.items);
  const recent = clusteredMean(sides.recent.values, sides.recent.items);
  const n = sides.recent.values.length;
  const base = {
    unit: 'fall of agreement',
    over: rule.over,
    confidence: rule.confidence,
    n,
    authors: null,
    ...window,
  };
  const cause = 'judges';
  if (Math.min(n, sides.before.values.length) < rule.minimum || !before.defined || !recent.defined) {
    const detail = { before: sides.before.values.length, recent: n, undated };
    return {
      standing: 'too_little_data',
      cause,
      evidence: { ...base, value: null, bound: null, detail },
    };
  }
  const fall = before.value.mean - recent.value.mean;
  const error = Math.hypot(before.value.cr1Error, recent.value.cr1Error);
  const degrees = Math.min(before.value.clusters, recent.value.clusters) - 1;
  const bound = fall - studentQuantile(rule.confidence, degrees) * error;
  return {
    standing: bound > rule.over ? 'over' : fall <= rule.rearmAt ? 'under' : 'between',
    cause,
    evidence: {
      ...base,
      value: fall,
      bound,
      detail: {
        agreement_before: before.value.mean,
        agreement_recent: recent.value.mean,
        before: sides.before.values.length,
        undated,
      },
    },
  };
}

function side(): { readonly values: number[]; readonly items: string[] } {
  return { values: [], items: [] };
}

async function* verdicts(
  files: readonly string[],
  kinds: readonly Vote['rater_kind'][],
): AsyncGenerator<PairwiseVote> {
  for (const file of files.filter((name) => existsSync(name))) {
    for await (const vote of readVotes(file)) {
      if (vote.kind === 'pairwise' && vote.outcome === 'verdict' && kinds.includes(vote.rater_kind))
        yield vote;
    }
  }
}

function keyOf({ item, shown }: PairwiseVote): string {
  return JSON.stringify([item, ...[...shown].sort()]);
}
