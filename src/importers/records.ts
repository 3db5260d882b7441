import type { Candidate, Item } from '../domain/item.ts';
import type { ChatMessage } from '../domain/message.ts';
import type { RaterKind, Vote } from '../domain/vote.ts';
import { hashValue } from '../files/content-hash.ts';
import type { Converted } from './format.ts';

/** An id from content, the same for the same content. */
export function contentId(...content: readonly unknown[]): string {
  return hashValue(content).slice(0, 16);
}

/** Who gave a vote. */
export interface ImportedRater {
  readonly rater: string;
  readonly rater_kind: RaterKind;
  readonly model?: string | null;
}

/** The label of a data set, which does not say who gave it. */
export const datasetLabel: ImportedRater = { rater: 'dataset', rater_kind: 'gold' };

export interface PairParts extends Omit<Item, 'id' | 'candidates'> {
  readonly id: string | undefined;
  readonly chosen: Omit<Candidate, 'id'>;
  readonly rejected: Omit<Candidate, 'id'>;
  readonly by?: ImportedRater;
  /** Scores of chosen and rejected, with who gave them. */
  readonly scores?: readonly [ImportedRater, number, number, readonly [number, number]] | undefined;
}

/**
 * An item and the label of a pair in which one text is known to be better. The better one is candidate `a` in half of
 * the items, by a hash of the id: were it always the first, agreement would look like a habit of taking the first.
 */
export function preferencePair({
  id,
  chosen,
  rejected,
  by = datasetLabel,
  scores,
  metadata,
  ...item
}: PairParts): Converted {
  if (chosen.text === rejected.text) return { leftOut: 'chosen and rejected are the same text' };
  const itemId = id ?? contentId(item.prompt, chosen.text, rejected.text);
  const isFirst = Number.parseInt(contentId(itemId)[0]!, 16) % 2 === 0;
  const preferred = isFirst ? 'a' : 'b';
  const candidates = (isFirst ? [chosen, rejected] : [rejected, chosen]).map((one, index) => ({
    id: index === 0 ? 'a' : 'b',
    ...one,
  }));
  const label: Vote = {
    item: itemId,
    ...by,
    kind: 'pairwise',
    shown: ['a', 'b'],
    outcome: 'verdict',
    preferred,
  };
  const scored =
    scores === undefined
      ? []
      : [
          scoreOf(itemId, preferred, scores[0], scores[1], scores[3]),
          scoreOf(itemId, isFirst ? 'b' : 'a', scores[0], scores[2], scores[3]),
        ];
  const about = metadata === undefined || Object.keys(metadata).length === 0 ? {} : { metadata };
  return { items: [{ id: itemId, ...item, candidates, ...about }], votes: [label, ...scored] };
}

export function scoreOf(
  item: string,
  candidate: string,
  by: ImportedRater,
  score: number,
  scale?: readonly [number, number],
  extra: { readonly criterion?: string; readonly reason?: string; readonly at?: string } = {},
): Vote {
  return {
    item,
    ...by,
    kind: 'pointwise',
    candidate,
    outcome: 'verdict',
    score,
    ...(scale !== undefined && { scale }),
    ...extra,
  };
}

/** A verdict between two candidates; null is a tie. */
export function pairVote(
  item: string,
  by: ImportedRater,
  shown: readonly [string, string],
  preferred: string | null,
  extra: {
    readonly strength?: number;
    readonly probability?: number;
    readonly reason?: string;
    readonly at?: string;
  } = {},
): Vote {
  const common = { item, ...by, kind: 'pairwise', shown, ...extra } as const;
  return preferred === null ? { ...common, outcome: 'tie' } : { ...common, outcome: 'verdict', preferred };
}

/** An item of one response. */
export function oneResponse(
  prompt: string | readonly ChatMessage[] | null,
  text: string,
  {
    id,
    model,
    ...rest
  }: Partial<Omit<Item, 'candidates' | 'prompt'>> & { readonly model?: string | undefined } = {},
): Item {
  return {
    id: id ?? contentId(prompt, text),
    prompt,
    candidates: [{ id: 'a', text, ...(model !== undefined && { model }) }],
    ...rest,
  };
}
