import { erasedText, type FeedbackEvent } from '../../domain/feedback-event.ts';
import type { Candidate, Item } from '../../domain/item.ts';
import type { FeedbackStore, StoredEvent } from '../../ports/feedback-store.ts';
import { candidateIdOf, type Grouping, itemIdOf, promptKey, textKey } from './identify.ts';
import { type EventPart, othersOf, type Placement } from './vote-of-event.ts';

/** An already judged item: feedback about its prompt uses its ids. */
interface KnownItem {
  readonly id: string;
  /** Candidate ids by `textKey`. */
  readonly candidates: ReadonlyMap<string, string>;
}

/** Items by `promptKey`; of two with the same prompt the first one counts. Texts are not kept. */
export async function indexKnownItems(
  items: AsyncIterable<Item> | Iterable<Item>,
): Promise<ReadonlyMap<string, KnownItem>> {
  const known = new Map<string, KnownItem>();
  for await (const { id, prompt, candidates } of items) {
    if (prompt === null) continue;
    const key = promptKey(prompt);
    if (known.has(key)) continue;
    const texts = candidates.flatMap(({ id: candidate, text }) =>
      text === null ? [] : [[textKey(text), candidate] as const],
    );
    known.set(key, { id, candidates: new Map(texts.reverse()) });
  }
  return known;
}

/** Source of a candidate's text: read again when the items are written, never held in memory. */
interface TextPlace {
  readonly event: string;
  readonly part: EventPart;
}

interface ItemDraft {
  readonly id: string;
  readonly known: boolean;
  readonly firstEvent: string;
  readonly candidates: Map<string, TextPlace>;
  readonly categories: Map<string, number>;
}

/** The items of events, without their texts: memory grows with responses, not with events. */
export class ItemBook {
  readonly #drafts = new Map<string, ItemDraft>();
  readonly #grouping: Grouping;
  readonly #known: ReadonlyMap<string, KnownItem>;

  constructor(grouping: Grouping, known: ReadonlyMap<string, KnownItem>) {
    this.#grouping = grouping;
    this.#known = known;
  }

  get size(): number {
    return this.#drafts.size;
  }

  /** Ids of an event's item and texts; requested texts become candidates of the item. */
  place(event: FeedbackEvent): Placement {
    const known =
      this.#known.size === 0 || event.query === erasedText
        ? undefined
        : this.#known.get(promptKey(event.query));
    const id = known?.id ?? itemIdOf(event, this.#grouping);
    let draft = this.#drafts.get(id);
    if (draft === undefined) {
      draft = {
        id,
        known: known !== undefined,
        firstEvent: event.id,
        candidates: new Map(),
        categories: new Map(),
      };
      this.#drafts.set(id, draft);
    }
    const { candidates, categories } = draft;
    if (event.category !== undefined)
      categories.set(event.category, (categories.get(event.category) ?? 0) + 1);
    return {
      item: id,
      candidate(part) {
        const text = textOf(event, part);
        const old = text === erasedText ? undefined : known?.candidates.get(textKey(text));
        if (old !== undefined) return old;
        const candidate = candidateIdOf(text, responseIdOf(event, part));
        if (!candidates.has(candidate)) candidates.set(candidate, { event: event.id, part });
        return candidate;
      },
    };
  }

  /** Items that were not known before, in order of their first event. */
  async *newItems(store: Pick<FeedbackStore, 'event'>): AsyncGenerator<Item> {
    const read = rereader(store);
    for (const draft of this.#drafts.values()) {
      if (draft.known) continue;
      const first = await read(draft.firstEvent);
      const query = first === undefined || first.event.query === erasedText ? null : first.event.query;
      const category = mostFrequent(draft.categories);
      yield {
        id: draft.id,
        prompt: query,
        candidates: await candidatesOf(draft, read),
        ...(category !== null && { category }),
      };
    }
  }

  /** A known item with the candidates that feedback adds; null where no feedback is about it. */
  async withFeedback(item: Item, store: Pick<FeedbackStore, 'event'>): Promise<Item | null> {
    const draft = this.#drafts.get(item.id);
    if (draft?.known !== true) return null;
    return { ...item, candidates: [...item.candidates, ...(await candidatesOf(draft, rereader(store)))] };
  }
}

type Read = (event: string) => Promise<StoredEvent | undefined>;

/** Caches the last event, which is requested repeatedly. */
function rereader(store: Pick<FeedbackStore, 'event'>): Read {
  let last: StoredEvent | undefined;
  return async (event) => {
    if (last?.event.id !== event) last = await store.event(event);
    return last;
  };
}

async function candidatesOf(draft: ItemDraft, read: Read): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const [id, { event, part }] of draft.candidates) {
    const stored = await read(event);
    const text = stored === undefined ? erasedText : textOf(stored.event, part);
    const model = stored === undefined ? undefined : modelOf(stored.event, part);
    candidates.push({ id, text: text === erasedText ? null : text, ...(model !== undefined && { model }) });
  }
  return candidates;
}

function textOf(event: FeedbackEvent, part: EventPart): string {
  if (part === 'response') return event.response;
  if (part === 'corrected') return event.kind === 'correction' ? event.corrected : erasedText;
  return othersOf(event)[part]?.response ?? erasedText;
}

/** The edited text is human-written, so it has no model. */
function modelOf(event: FeedbackEvent, part: EventPart): string | undefined {
  if (part === 'corrected') return undefined;
  return part === 'response' ? event.model_version : othersOf(event)[part]?.model_version;
}

function responseIdOf(event: FeedbackEvent, part: EventPart): string {
  if (typeof part === 'number') return othersOf(event)[part]?.response_id ?? `${event.id} ${part}`;
  return part === 'response' ? event.response_id : `${event.id} corrected`;
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | null {
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}
