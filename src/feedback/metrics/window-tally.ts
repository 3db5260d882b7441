import type { EventReading, FailureCategory } from '../../domain/failure-category.ts';
import type { FeedbackEvent, Interaction } from '../../domain/feedback-event.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { readEvent } from '../understanding/read-event.ts';
import { type Gain, RateTally } from './rate-tally.ts';
import { Breakdown, type RateName, SliceTally } from './slice-tally.ts';
import { nameHash, pairHash, WeightTable } from './weight-table.ts';

/** 1 a thumb up or four or five stars, 0 a thumb down or one or two; undefined: no rating, or neither. */
function ratingOf(event: FeedbackEvent): 0 | 1 | undefined {
  if (event.kind === 'thumb') return event.thumb === 'up' ? 1 : 0;
  if (event.kind !== 'stars' || event.stars === 3) return undefined;
  return event.stars > 3 ? 1 : 0;
}

/** An explicit signal, as opposed to an implicit one such as a copy. */
function isExplicit({ kind }: FeedbackEvent): boolean {
  return !['retry', 'copy', 'regenerate', 'dwell', 'session_length'].includes(kind);
}

function isSafetyFlag(event: FeedbackEvent): boolean {
  return event.kind === 'flag' && event.flag === 'safety';
}

/** A request for improvement, which a model update can answer. */
export function asksForChange(event: FeedbackEvent): boolean {
  return event.kind === 'correction' || event.kind === 'flag' || ratingOf(event) === 0;
}

/** Reports missing or wrong facts. */
function isKnowledgeGap({ category, request }: EventReading): boolean {
  return !request && (category === 'coverage' || category === 'accuracy');
}

export const breakdowns = ['category', 'model'] as const;
export type BreakdownName = (typeof breakdowns)[number];

/** The counts of one window: first its events, then its interactions, each seen once. */
export class WindowTally {
  readonly all = new SliceTally();
  readonly by: Readonly<Record<BreakdownName, Breakdown>> = {
    category: new Breakdown(),
    model: new Breakdown(),
  };
  events = 0;
  superseded = 0;
  quarantined = 0;
  weighted = 0;
  interactions = 0;
  /** Interactions with a rating of positive weight. */
  rated = 0;
  /** Complaints by category. */
  readonly failures = new Map<FailureCategory, RateTally>();
  /** Opinions by author and response. */
  readonly #opinions = new WeightTable();
  readonly #corrected = new WeightTable();
  readonly #gaps = new WeightTable();
  /** Responses with feedback, and flagged responses. */
  readonly #answered = new WeightTable();
  readonly #flagged = new WeightTable();
  readonly #rated = new WeightTable();

  addEvent({ event, supersededBy, decision }: StoredEvent): void {
    this.events += 1;
    if (supersededBy !== undefined) {
      this.superseded += 1;
      return;
    }
    const weight = decision?.weight ?? 1;
    if (weight === 0) this.quarantined += 1;
    else if (weight < 1) this.weighted += 1;
    const slices = this.#slicesOf(event.category, event.model_version);
    const person = nameHash(event.author);
    for (const slice of slices) slice.authors.raise(person, weight);
    if (!isExplicit(event)) return;
    const rating = ratingOf(event);
    const response = nameHash(event.response_id);
    const opinion = pairHash(person, response);
    const unit = (rate: RateName, gain: Gain) => {
      for (const slice of slices) slice[rate].addUnit(person, gain);
    };
    const hit = (rate: RateName, gain: Gain) => {
      for (const slice of slices) slice[rate].addHit(person, gain);
    };
    if (rating !== undefined) {
      this.#rated.raise(response, weight);
      const whole = { units: 1, weighty: weight > 0 ? 1 : 0, gain: weight };
      unit('positive', whole);
      if (rating === 1) hit('positive', whole);
    }
    // knowledge gaps are a share of the same units
    unit('corrected', gainOf(this.#opinions, opinion, weight));
    unit('flaggedOfAnswered', gainOf(this.#answered, response, weight));
    if (event.kind === 'correction') hit('corrected', gainOf(this.#corrected, opinion, weight));
    const reading = readEvent(event);
    if (reading !== null) {
      const failure = this.failures.get(reading.category) ?? new RateTally();
      this.failures.set(reading.category, failure);
      failure.addUnit(person, { units: 1, weighty: weight > 0 ? 1 : 0, gain: weight });
      if (isKnowledgeGap(reading)) hit('gaps', gainOf(this.#gaps, opinion, weight));
    }
    if (isSafetyFlag(event)) {
      const gain = gainOf(this.#flagged, response, weight);
      hit('flaggedOfAnswered', gain);
      // the interaction counts with weight 1, whatever the weight of the flag
      unit('flagged', { units: gain.units, weighty: gain.units, gain: gain.units });
      hit('flagged', gain);
    }
  }

  addInteraction({ response_id, category, model_version, author, session_id }: Interaction): void {
    this.interactions += 1;
    const person = nameHash(author ?? `session ${session_id}`);
    const response = nameHash(response_id);
    const answered = this.#answered.weightOf(response);
    if ((this.#rated.weightOf(response) ?? 0) > 0) this.rated += 1;
    const isFlagged = this.#flagged.weightOf(response) !== undefined;
    for (const slice of this.#slicesOf(category, model_version)) {
      slice.collected.addUnit(person, one);
      if (answered !== undefined) slice.collected.addHit(person, answered > 0 ? one : { ...one, gain: 0 });
      if (!isFlagged) slice.flagged.addUnit(person, one);
    }
  }

  #slicesOf(category: string | undefined, model: string): readonly SliceTally[] {
    return [this.all, this.by.category.slice(category), this.by.model.slice(model)];
  }
}

const one: Gain = { units: 1, weighty: 1, gain: 1 };

function gainOf(table: WeightTable, name: number, weight: number): Gain {
  const [size, weighty] = [table.size, table.weighty];
  const gain = table.raise(name, weight);
  return { units: table.size - size, weighty: table.weighty - weighty, gain };
}
