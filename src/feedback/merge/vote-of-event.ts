import type { FeedbackEvent, ShownResponse } from '../../domain/feedback-event.ts';
import type { Vote } from '../../domain/vote.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';

/** Why an event gives no vote; `no_opinion`: a signal that says nothing about which response is better. */
const votelessReasons = [
  'superseded',
  'quarantined',
  'no_opinion',
  'unchanged_correction',
  'same_text',
] as const;
export type VotelessReason = (typeof votelessReasons)[number];

/** Where an event's item and responses have their ids. */
export interface Placement {
  readonly item: string;
  /** Candidate id of a text that the event holds. */
  candidate(part: EventPart): string;
}

/** A text inside an event: the response, the edited response, or one of the responses shown beside it. */
export type EventPart = 'response' | 'corrected' | number;

/** The responses that stood beside the event's own one. */
export function othersOf(event: FeedbackEvent): readonly ShownResponse[] {
  if (event.kind === 'comparison') return [event.other];
  return event.kind === 'ranking' ? event.others : [];
}

/** Why the event gives no vote, as far as it can be told before its texts have ids; null where it may give one. */
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

/**
 * One person's signal as a vote in the words of `reconcile`. Thumbs and stars share the scale [0, 1], so that one
 * person may use both; the order in which responses were shown is not known, hence `orders: none`.
 * @param placed asked for only where there is something to vote on
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

/** The ranking in candidate ids; a text that stands twice keeps its better place. */
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
