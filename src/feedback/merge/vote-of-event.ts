import type { FeedbackEvent, ShownResponse } from '../../domain/feedback-event.ts';
import type { Vote } from '../../domain/vote.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';

/** Why an event gives no vote; `no_opinion`: a signal without a preference. */
const votelessReasons = [
  'superseded',
  'quarantined',
  'no_opinion',
  'unchanged_correction',
  'same_text',
] as const;
/** Why an event gives no vote. */
export type VotelessReason = (typeof votelessReasons)[number];

/** The ids of an event's item and responses. */
export interface Placement {
  readonly item: string;
  /** Candidate id of a text that the event holds. */
  candidate(part: EventPart): string;
}

/** A text inside an event: the response, the edited response, or one of the responses shown beside it. */
export type EventPart = 'response' | 'corrected' | number;

/** The responses shown beside the event's own one. */
export function othersOf(event: FeedbackEvent): readonly ShownResponse[] {
  if (event.kind === 'comparison') return [event.other];
  return event.kind === 'ranking' ? event.others : [];
}

/** Why the event gives no vote, as far as known before its texts have ids; null if it may give one. */
function votelessReason({ event, supersededBy, decision }: StoredEvent): VotelessReason | null {
  if (supersededBy !== undefined) return 'superseded';
  if (decision?.weight === 0) return 'quarantined';
  switch (event.kind) {
    case 'thumb':
    case 'stars':
    case 'comparison':
    case 'ranking':
      return null;
    case 'correction':
      return event.corrected.trim() === event.response.trim() ? 'unchanged_correction' : null;
    default:
      return 'no_opinion';
  }
}

/** Converts one signal to a vote. Thumbs and stars share the scale [0, 1], so that one author may use both. The presentation
 * order is unknown, hence `orders: none`.
 * @param placed called only if the event gives a vote
 */
export function voteOfEvent(stored: StoredEvent, placed: () => Placement): Vote | VotelessReason {
  const voteless = votelessReason(stored);
  if (voteless !== null) return voteless;
  const place = placed();
  const { event, decision } = stored;
  const base = {
    item: place.item,
    rater: event.author,
    rater_kind: 'human' as const,
    ...(decision !== undefined && decision.weight < 1 && { weight: decision.weight }),
    at: event.at,
    provenance: {
      event: event.id,
      signal: event.kind,
      source: event.source,
      author_kind: event.author_kind,
      response: event.response_id,
      model_version: event.model_version,
      ...(decision !== undefined && { cleaning: decision.cleaning }),
    },
  };
  const own = place.candidate('response');
  const pair = (other: string) =>
    ({ ...base, kind: 'pairwise', shown: [own, other], orders: 'none' }) as const;
  switch (event.kind) {
    case 'thumb':
    case 'stars': {
      const score = event.kind === 'thumb' ? Number(event.thumb === 'up') : (event.stars - 1) / 4;
      return { ...base, kind: 'pointwise', candidate: own, outcome: 'verdict', score, scale: [0, 1] };
    }
    case 'correction': {
      const edited = place.candidate('corrected');
      return edited === own
        ? 'unchanged_correction'
        : { ...pair(edited), outcome: 'verdict', preferred: edited };
    }
    case 'comparison': {
      const other = place.candidate(0);
      if (other === own) return 'same_text';
      if (event.preferred === 'tie') return { ...pair(other), outcome: 'tie' };
      return { ...pair(other), outcome: 'verdict', preferred: event.preferred === 'this' ? own : other };
    }
    case 'ranking': {
      const ids = new Map(
        event.others.map(({ response_id }, index) => [response_id, place.candidate(index)]),
      );
      ids.set(event.response_id, own);
      const ranking = distinctRanks(event.ranking, ids);
      return ranking.flat().length < 2
        ? 'same_text'
        : { ...base, kind: 'listwise', outcome: 'verdict', ranking };
    }
    default:
      return 'no_opinion';
  }
}

/** The ranking in candidate ids; a repeated text keeps its better rank. */
function distinctRanks(
  ranking: readonly (readonly string[])[],
  ids: ReadonlyMap<string, string>,
): readonly (readonly string[])[] {
  const seen = new Set<string>();
  return ranking
    .map((rank) =>
      rank.flatMap((response) => {
        const id = ids.get(response);
        if (id === undefined || seen.has(id)) return [];
        seen.add(id);
        return [id];
      }),
    )
    .filter((rank) => rank.length > 0);
}
