import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';

/** Items whose votes may still come: votes follow their items in slices of 64. */
const kept = 256;

/** Estimates the tokens of what a vote's prompt contains at least: the prompt of the item and the responses shown. */
export class ItemTokens {
  readonly #items = new Map<
    string,
    { readonly prompt: number; readonly texts: ReadonlyMap<string, number> }
  >();

  add({ id, prompt, candidates }: Item): void {
    const text =
      typeof prompt === 'string' ? prompt : (prompt ?? []).map(({ content }) => content).join('\n');
    const texts = candidates.map((one) => [one.id, estimatedTokens(one.text ?? '')] as const);
    this.#items.set(id, { prompt: estimatedTokens(text), texts: new Map(texts) });
    if (this.#items.size > kept) this.#items.delete(this.#items.keys().next().value!);
  }

  /** Null where the item is not known. */
  of(vote: Vote): number | null {
    const item = this.#items.get(vote.item);
    if (item === undefined) return null;
    const shown = vote.kind === 'pointwise' ? [vote.candidate] : (vote.shown ?? []);
    return shown.reduce((sum, id) => sum + (item.texts.get(id) ?? 0), item.prompt);
  }
}

/** Tokens of a text, rather too few: 4.5 characters a token, runs of the same character as one, 1.5 in scripts without spaces. */
export function estimatedTokens(text: string): number {
  let wide = 0;
  let narrow = 0;
  let before = -1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== before) {
      if (code >= 0x2e80) wide += 1;
      else narrow += 1;
    }
    before = code;
  }
  return Math.floor(narrow / 4.5 + wide / 1.5);
}
