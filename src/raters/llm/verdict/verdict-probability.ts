import type { TokenLogprob } from '../../../ports/chat-model.ts';

/**
 * The probability of a verdict from token log-probabilities: the share of `said` among the offered labels, at the last
 * token that states it. Undefined if the reply has no such token. An impossible token (null, -Infinity) counts as 0.
 *
 * p(said) / Σ p(label), over the listed alternatives of that token (Lee et al. 2023, RLAIF, section 2). The share of
 * `tie`, a label that says that neither side is better, is split evenly, so that the likelier side has at least 1/2.
 */
export function verdictProbability(
  logprobs: readonly TokenLogprob[] | undefined,
  said: string,
  offered: readonly string[],
  tie?: string,
): number | undefined {
  if (logprobs === undefined) return undefined;
  for (let at = logprobs.length - 1; at >= 0; at -= 1) {
    if (label(logprobs[at]!.token) !== label(said)) continue;
    const shares = new Map(offered.map((each) => [label(each), 0]));
    for (const { token, logprob } of alternatives(logprobs[at]!)) {
      const before = shares.get(label(token));
      if (before !== undefined) shares.set(label(token), before + likelihood(logprob));
    }
    const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
    const split = tie === undefined ? 0 : (shares.get(label(tie)) ?? 0) / 2;
    return total > 0 ? Math.min(1, ((shares.get(label(said)) ?? 0) + split) / total) : undefined;
  }
  return undefined;
}

/** Servers write null or nothing for the logarithm of zero. */
function likelihood(logprob: number | null | undefined): number {
  return typeof logprob === 'number' && !Number.isNaN(logprob) ? Math.min(1, Math.exp(logprob)) : 0;
}

function alternatives(token: TokenLogprob): readonly { readonly token: string; readonly logprob: number }[] {
  return token.top.some((other) => other.token === token.token) ? token.top : [token, ...token.top];
}

/** A token as a label: only its letters and digits, without brackets and spaces of the tokenisation. */
function label(token: string): string {
  return token.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}
