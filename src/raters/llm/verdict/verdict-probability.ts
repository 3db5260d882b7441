import type { TokenLogprob } from '../../../ports/chat-model.ts';

/**
 * The probability of a verdict from token log-probabilities: the share of `said` among the offered labels, at the last
 * token that states it. Undefined if the reply has no such token.
 *
 * p(said) / Σ p(label), over the listed alternatives of that token (Lee et al. 2023, RLAIF, section 2).
 */
export function verdictProbability(
  logprobs: readonly TokenLogprob[] | undefined,
  said: string,
  offered: readonly string[],
): number | undefined {
  if (logprobs === undefined) return undefined;
  for (let at = logprobs.length - 1; at >= 0; at -= 1) {
    if (label(logprobs[at]!.token) !== label(said)) continue;
    const shares = new Map(offered.map((each) => [label(each), 0]));
    for (const { token, logprob } of alternatives(logprobs[at]!)) {
      const before = shares.get(label(token));
      if (before !== undefined) shares.set(label(token), before + Math.exp(logprob));
    }
    const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
    return total > 0 ? Math.min(1, (shares.get(label(said)) ?? 0) / total) : undefined;
  }
  return undefined;
}

function alternatives(token: TokenLogprob): readonly { readonly token: string; readonly logprob: number }[] {
  return token.top.some((other) => other.token === token.token) ? token.top : [token, ...token.top];
}

/** A token as a label: only its letters and digits, without brackets and spaces of the tokenisation. */
function label(token: string): string {
  return token.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}
