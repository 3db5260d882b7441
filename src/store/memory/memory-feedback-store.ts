import type { EventDecision, FeedbackEvent, Interaction } from '../../domain/feedback-event.ts';
import type {
  Arrival,
  Erasure,
  EventWindow,
  Expiry,
  FeedbackStore,
  Removal,
  StoredEvent,
} from '../../ports/feedback-store.ts';
import { claimOf, cleaningIsUndone, contentOf, isOtherAuthor, withoutWords } from '../event-content.ts';

interface KeptEvent {
  event: FeedbackEvent;
  readonly hash: Buffer;
  readonly receivedAt: string;
  supersededBy?: string;
  readonly decisions: EventDecision[];
}

interface KeptInteraction {
  readonly interaction: Interaction;
  readonly hash: Buffer;
}

/** State that survives closing; share it to reopen the same store. */
export interface FeedbackState {
  readonly events: Map<string, KeptEvent>;
  readonly interactions: Map<string, KeptInteraction>;
  /** Event in force, by claim. */
  readonly claims: Map<string, KeptEvent>;
  readonly undone: Set<string>;
  readonly cleanings: Map<string, number>;
  /** Authors whose events a dataset holds. */
  readonly exports: Map<string, Set<string>>;
  readonly tombstones: Set<string>;
  /** Datasets of erased authors. */
  readonly erased: Map<string, readonly string[]>;
  readonly removals: Removal[];
}

export function newFeedbackState(): FeedbackState {
  return {
    events: new Map(),
    interactions: new Map(),
    claims: new Map(),
    undone: new Set(),
    cleanings: new Map(),
    exports: new Map(),
    tombstones: new Set(),
    erased: new Map(),
    removals: [],
  };
}

/**
 * A feedback store in memory: for tests, and for applications that persist state themselves.
 * @example
 * const store = new MemoryFeedbackStore();
 * await store.append([]); // one arrival for each event
 */
export class MemoryFeedbackStore implements FeedbackStore {
  readonly location = 'memory';
  readonly #state: FeedbackState;
  readonly #now: () => number;

  constructor(state: FeedbackState = newFeedbackState(), now: () => number = Date.now) {
    this.#state = state;
    this.#now = now;
  }

  async append(events: readonly FeedbackEvent[]): Promise<readonly Arrival[]> {
    return events.map((event) => this.#arrive(event));
  }

  #arrive(event: FeedbackEvent): Arrival {
    const { events, claims, tombstones, erased } = this.#state;
    const { hash } = contentOf(event);
    const known = events.get(event.id);
    if (known !== undefined) return isSame(known.hash, hash, known.event.author, event.author);
    if (tombstones.has(event.id) || erased.has(event.author)) return 'erased';
    const kept: KeptEvent = { event, hash, receivedAt: new Date(this.#now()).toISOString(), decisions: [] };
    events.set(event.id, kept);
    const claim = claimOf(event).toString('hex');
    const holder = claims.get(claim);
    if (holder !== undefined && Date.parse(holder.event.at) > Date.parse(event.at)) {
      kept.supersededBy = holder.event.id;
    } else {
      if (holder !== undefined) holder.supersededBy = event.id;
      claims.set(claim, kept);
    }
    return 'stored';
  }

  async recordInteractions(interactions: readonly Interaction[]): Promise<readonly Arrival[]> {
    const { tombstones, erased } = this.#state;
    return interactions.map((interaction): Arrival => {
      const { hash } = contentOf(interaction);
      const known = this.#state.interactions.get(interaction.response_id);
      if (known !== undefined) return isSame(known.hash, hash, known.interaction.author, interaction.author);
      if (tombstones.has(interaction.response_id) || erased.has(interaction.author ?? '')) return 'erased';
      this.#state.interactions.set(interaction.response_id, { interaction, hash });
      return 'stored';
    });
  }

  async interaction(responseId: string): Promise<Interaction | undefined> {
    return this.#state.interactions.get(responseId)?.interaction;
  }

  async event(id: string): Promise<StoredEvent | undefined> {
    const kept = this.#state.events.get(id);
    return kept === undefined ? undefined : this.#stored(kept);
  }

  async *events(window: EventWindow = {}, after?: string): AsyncGenerator<StoredEvent> {
    const all = [...this.#state.events.values()];
    const from = after === undefined ? 0 : 1 + all.findIndex(({ event }) => event.id === after);
    for (const kept of all.slice(from)) {
      const arm = this.#state.interactions.get(kept.event.response_id)?.interaction.arm;
      if (isInWindow(window, kept.event, arm)) yield this.#stored(kept);
    }
  }

  async *interactions(window: EventWindow = {}): AsyncGenerator<Interaction> {
    for (const { interaction } of [...this.#state.interactions.values()])
      if (isInWindow(window, interaction, interaction.arm)) yield interaction;
  }

  async countInteractions(window: EventWindow = {}): Promise<number> {
    let count = 0;
    for await (const _ of this.interactions(window)) count += 1;
    return count;
  }

  async logDecisions(decisions: readonly EventDecision[]): Promise<void> {
    const { events, cleanings, undone } = this.#state;
    for (const { cleaning } of decisions) if (undone.has(cleaning)) throw cleaningIsUndone(cleaning);
    for (const decision of decisions) {
      const kept = events.get(decision.event);
      if (kept === undefined) continue;
      kept.decisions.push(decision);
      cleanings.set(decision.cleaning, 1 + (cleanings.get(decision.cleaning) ?? 0));
    }
  }

  async *decisions(): AsyncGenerator<EventDecision> {
    for (const kept of [...this.#state.events.values()]) {
      const decision = this.#decisionOf(kept);
      if (decision !== undefined) yield decision;
    }
  }

  async undoCleaning(cleaning: string): Promise<number> {
    const { undone, cleanings } = this.#state;
    if (undone.has(cleaning) || !cleanings.has(cleaning)) return 0;
    undone.add(cleaning);
    return cleanings.get(cleaning)!;
  }

  async recordExport(dataset: string, events: readonly string[]): Promise<void> {
    const authors = this.#state.exports.get(dataset) ?? new Set();
    for (const id of events) {
      const author = this.#state.events.get(id)?.event.author;
      if (author !== undefined) authors.add(author);
    }
    this.#state.exports.set(dataset, authors);
  }

  async erase(author: string): Promise<Erasure> {
    const { events, interactions, claims, exports, tombstones, erased } = this.#state;
    const counts = { events: 0, interactions: 0, redacted: 0 };
    for (const [id, { event }] of events) {
      if (event.author !== author) continue;
      events.delete(id);
      claims.delete(claimOf(event).toString('hex'));
      tombstones.add(id);
      counts.events += 1;
    }
    for (const [id, { interaction }] of interactions) {
      if (interaction.author !== author) continue;
      interactions.delete(id);
      tombstones.add(id);
      counts.interactions += 1;
      for (const kept of events.values()) {
        if (kept.event.response_id !== id) continue;
        kept.event = { ...kept.event, ...withoutWords(kept.event) };
        counts.redacted += 1;
      }
    }
    const datasets = new Set(erased.get(author));
    for (const [dataset, authors] of exports) if (authors.delete(author)) datasets.add(dataset);
    erased.set(author, [...datasets].sort());
    return { ...counts, datasets: erased.get(author)! };
  }

  async countExpired(expiry: Expiry): Promise<number> {
    return this.#expired(expiry).length;
  }

  async expire(expiry: Expiry, at: string): Promise<number> {
    const { events, interactions, claims, removals } = this.#state;
    const ids = this.#expired(expiry);
    for (const id of ids) {
      if (expiry.part === 'interactions') interactions.delete(id);
      else if (expiry.part === 'comments beside signals') {
        const kept = events.get(id)!;
        const { comment: _, ...rest } = kept.event as FeedbackEvent & { comment?: string };
        kept.event = rest as FeedbackEvent;
      } else {
        const kept = events.get(id)!;
        const claim = claimOf(kept.event).toString('hex');
        if (claims.get(claim) === kept) claims.delete(claim);
        events.delete(id);
      }
    }
    if (ids.length > 0) removals.push({ ...expiry, count: ids.length, at });
    return ids.length;
  }

  async removals(): Promise<readonly Removal[]> {
    return this.#state.removals;
  }

  /** Ids of what an expiry is about. */
  #expired({ part, before }: Expiry): string[] {
    const beforeMs = Date.parse(before);
    const isOld = ({ at }: { readonly at: string }) => Date.parse(at) < beforeMs;
    if (part === 'interactions') {
      const all = [...this.#state.interactions.values()].map(({ interaction }) => interaction);
      return all.filter(isOld).map((interaction) => interaction.response_id);
    }
    const isMeant = (event: FeedbackEvent) =>
      part === 'comments beside signals'
        ? event.kind !== 'comment' && 'comment' in event
        : part.events.includes(event.kind);
    const all = [...this.#state.events.values()].map(({ event }) => event);
    return all.filter((event) => isOld(event) && isMeant(event)).map(({ id }) => id);
  }

  async close(): Promise<void> {}

  #stored(kept: KeptEvent): StoredEvent {
    const { event, receivedAt, supersededBy } = kept;
    const decision = this.#decisionOf(kept);
    return {
      event,
      receivedAt,
      ...(supersededBy !== undefined && { supersededBy }),
      ...(decision !== undefined && { decision }),
    };
  }

  #decisionOf({ decisions }: KeptEvent): EventDecision | undefined {
    return decisions.findLast(({ cleaning }) => !this.#state.undone.has(cleaning));
  }
}

function isSame(known: Buffer, hash: Buffer, knownAuthor?: string, author?: string): Arrival {
  return known.equals(hash) && !isOtherAuthor(knownAuthor, author) ? 'repeated' : 'refused';
}

function isInWindow(
  { since, until, modelVersion, arm }: EventWindow,
  record: { readonly at: string; readonly model_version: string },
  armOf: string | undefined,
): boolean {
  const at = Date.parse(record.at);
  return (
    (since === undefined || at >= Date.parse(since)) &&
    (until === undefined || at < Date.parse(until)) &&
    (modelVersion === undefined || record.model_version === modelVersion) &&
    (arm === undefined || armOf === arm)
  );
}
