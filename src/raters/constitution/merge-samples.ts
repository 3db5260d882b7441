import type { ConstitutionSpec } from '../../domain/job.ts';
import type { PairwiseVote } from '../../domain/vote.ts';

type Settings = Pick<ConstitutionSpec, 'labels' | 'temperature' | 'clamp'>;

/**
 * Merges the samples of one question in one order into one vote. The probability is the mean of the model's own
 * probabilities, if present; otherwise the share of the samples with add-one (Laplace) smoothing, so that a few
 * unanimous samples do not give certainty.
 */
export function mergeSamples(samples: readonly PairwiseVote[], settings: Settings): PairwiseVote {
  const [first] = samples;
  if (first === undefined) throw new Error('there are no samples to merge');
  const { preferred: _p, probability: _q, reason: _r, strength: _s, sample: _n, ...base } = first;
  const read = samples.filter(({ outcome }) => outcome === 'verdict' || outcome === 'tie');
  const unread = samples.length - read.length;
  const merged: PairwiseVote = {
    ...base,
    cost_usd: total(samples.map(({ cost_usd }) => cost_usd)),
    input_tokens: total(samples.map(({ input_tokens }) => input_tokens)),
    output_tokens: total(samples.map(({ output_tokens }) => output_tokens)),
    provenance: {
      ...base.provenance,
      replies: samples.flatMap(({ provenance }) => provenance?.replies ?? []),
      samples: samples.length,
      ...(unread === 0 ? {} : { unread_samples: unread }),
    },
  };
  if (read.length === 0) return { ...merged, outcome: first.outcome, ...reasonOf(first) };

  const forFirst = probabilityOfFirst(read);
  if (forFirst === 0.5) return { ...merged, outcome: 'tie' };
  const preferred = first.shown[forFirst > 0.5 ? 0 : 1];
  if (settings.labels === 'hard') return { ...merged, outcome: 'verdict', preferred };
  const soft = softLabel(Math.max(forFirst, 1 - forFirst), settings);
  return { ...merged, outcome: 'verdict', preferred, probability: soft };
}

function probabilityOfFirst(read: readonly PairwiseVote[]): number {
  const sides = read.map(({ outcome, preferred, probability, shown }) => {
    if (outcome === 'tie') return 0.5;
    const own = probability ?? 1;
    return preferred === shown[0] ? own : 1 - own;
  });
  const sum = total(sides) ?? 0;
  const stated = read.some(({ probability }) => probability !== undefined);
  return stated ? sum / read.length : (sum + 1) / (read.length + 2);
}

function reasonOf({ reason }: PairwiseVote): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}

function total(values: readonly (number | null | undefined)[]): number | null {
  return values.reduce<number | null>(
    (sum, value) => (sum === null || value === null || value === undefined ? null : sum + value),
    0,
  );
}

type Tempering = Pick<ConstitutionSpec, 'temperature' | 'clamp'>;

/**
 * A tempered probability: its log-odds divided by the temperature, then clamped to the range. Before and after, it is
 * limited to [0.001, 0.999], so that no temperature produces certainty.
 *
 * p' = clamp(σ(logit(p) / T)); Bai et al. 2022 clamp such labels to [0.4, 0.6].
 */
export function softLabel(probability: number, { temperature, clamp }: Tempering): number {
  const inside = uncertain(probability);
  const tempered = uncertain(1 / (1 + Math.exp(-Math.log(inside / (1 - inside)) / temperature)));
  return clamp === null ? tempered : Math.min(clamp[1], Math.max(clamp[0], tempered));
}

function uncertain(probability: number): number {
  return Math.min(0.999, Math.max(0.001, probability));
}
