/** Below this many tokens, tokenisers differ more than a cut would show. */
const shortPrompt = 512;
/** No tokeniser in use needs fewer than half of the tokens that `estimatedTokens` gives. */
const farBelow = 0.5;
/** Prompts of different length with the same count, which is also the highest: a ceiling. */
const atCeiling = 3;
const clearlyMore = 1.15;

interface Prompt {
  readonly counted: number;
  readonly item: string;
  low: number;
  high: number;
  votes: number;
}

/** Finds prompts that a server cut, from its token counts and estimates of what was sent. */
export class CutPrompts {
  #of = 0;
  #below = 0;
  #lowest: { readonly counted: number; readonly sent: number; readonly item: string } | null = null;
  #ceiling: Prompt | null = null;

  /** @param sent estimate of the tokens sent, rather too low */
  add(counted: number, sent: number, item: string): void {
    this.#of += 1;
    if (sent < shortPrompt || counted <= 0) return;
    if (counted < farBelow * sent) {
      this.#below += 1;
      if (this.#lowest === null || sent > this.#lowest.sent) this.#lowest = { counted, sent, item };
    }
    if (this.#ceiling === null || counted > this.#ceiling.counted) {
      this.#ceiling = { counted, item, low: sent, high: sent, votes: 1 };
    } else if (counted === this.#ceiling.counted) {
      this.#ceiling.low = Math.min(this.#ceiling.low, sent);
      this.#ceiling.high = Math.max(this.#ceiling.high, sent);
      this.#ceiling.votes += 1;
    }
  }

  /** Null where no count shows a cut. */
  found(): { votes: number; of: number; counted: number; sent: number; item: string } | null {
    if (this.#lowest !== null) return { votes: this.#below, of: this.#of, ...this.#lowest };
    if (this.#ceiling === null) return null;
    const { counted, low, high, votes, item } = this.#ceiling;
    if (votes < atCeiling || high < clearlyMore * low || high < clearlyMore * counted) return null;
    return { votes, of: this.#of, counted, sent: high, item };
  }
}
