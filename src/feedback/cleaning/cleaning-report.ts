import type { CleaningParts } from './decide-events.ts';
import { explainAuthor } from './explain-author.ts';

/** Summary of a cleaning, as written to its files. */
export interface CleaningReport {
  readonly cleaning: string;
  readonly at: string;
  readonly events: number;
  readonly authors: number;
  readonly responses: number;
  /** Ids that arrived more than once. */
  readonly repeated_ids: number;
  readonly duplicates: number;
  readonly quarantined_events: number;
  readonly quarantined_authors: number;
  /** Estimated from all authors. */
  readonly machine_share: number;
  /** Configured bound of false quarantines, and the fitted rate of each habit among humans. */
  readonly false_positive_rate: number;
  readonly human_habit_rates: Readonly<Record<string, number>>;
  /** Sources whose times were not used as evidence: most of their authors appear too fast. */
  readonly untimed_sources: readonly string[];
  readonly contested_responses: number;
  /** Positive share of each model's ratings, raw and weighted. */
  readonly models: readonly ModelLine[];
  /** Worst first, at most `listed`. */
  readonly quarantined: readonly AuthorLine[];
  /** Authors that are not quarantined but need human review. */
  readonly review_authors: readonly AuthorLine[];
  readonly review_responses: readonly ContestedLine[];
}

/** An author that was quarantined or needs review. */
export interface AuthorLine {
  readonly author: string;
  readonly events: number;
  readonly posterior: number;
  readonly reasons: readonly string[];
}

/** A response with opinions on both sides. */
export interface ContestedLine {
  readonly response: string;
  readonly good: number;
  readonly bad: number;
}

/** Ratings of one model. */
export interface ModelLine {
  readonly model: string;
  readonly ratings: number;
  readonly positive_raw: number | null;
  /** Unweighted share among events that are neither duplicates nor quarantined: an estimate of the satisfaction rate. */
  readonly positive_kept: number | null;
  /** Weighted share: favours what skilled authors agree on, so it ranks models but is not a satisfaction rate. */
  readonly positive_weighted: number | null;
  readonly weight: number;
}

const listed = 100;

/** Summarises a cleaning. Lists hold at most a hundred lines; the decisions are complete. */
export function reportCleaning(
  parts: CleaningParts,
  { cleaning, at }: { readonly cleaning: string; readonly at: string },
): CleaningReport {
  const { table, duplicate, suspicion, conflicts, settings } = parts;
  const events = new Int32Array(table.authors.size);
  let quarantinedEvents = 0;
  let duplicates = 0;
  for (let row = 0; row < table.size; row += 1) {
    events[table.author[row]!]! += 1;
    if (duplicate[row] !== 0) duplicates += 1;
    else if (suspicion.trusted[table.author[row]!] === 0) quarantinedEvents += 1;
  }
  const authors = Array.from(events, (_, author) => author);
  const byEvidence = (a: number, b: number) => suspicion.evidence[b]! - suspicion.evidence[a]! || a - b;
  const lines = (chosen: number[]) =>
    chosen
      .sort(byEvidence)
      .slice(0, listed)
      .map((author) => ({
        author: table.authors.text(author),
        events: events[author]!,
        posterior: suspicion.posterior[author]!,
        reasons: explainAuthor(table, suspicion, author, settings),
      }));
  const quarantined = authors.filter((author) => suspicion.trusted[author] === 0);
  const doubtful = authors.filter(
    (author) => suspicion.trusted[author] === 1 && suspicion.posterior[author]! >= settings.reviewPosterior,
  );
  const contested = Array.from(conflicts.contested.keys()).filter((at) => conflicts.contested[at] === 1);
  const stake = (at: number) => Math.min(conflicts.good[at]!, conflicts.bad[at]!);
  return {
    cleaning,
    at,
    events: table.size,
    authors: table.authors.size,
    responses: table.responses.size,
    repeated_ids: table.repeated,
    duplicates,
    quarantined_events: quarantinedEvents,
    quarantined_authors: quarantined.length,
    machine_share: suspicion.share,
    false_positive_rate: settings.falsePositiveRate,
    human_habit_rates: suspicion.usual,
    untimed_sources: suspicion.untimedSources,
    contested_responses: contested.length,
    models: modelLines(parts),
    quarantined: lines(quarantined),
    review_authors: lines(doubtful),
    review_responses: contested
      .sort((a, b) => stake(b) - stake(a) || a - b)
      .slice(0, listed)
      .map((at) => ({
        response: table.responses.text(at),
        good: conflicts.good[at]!,
        bad: conflicts.bad[at]!,
      })),
  };
}

function modelLines({ table, duplicate, trust, quality, conflicts }: CleaningParts): ModelLine[] {
  const rated = new Int32Array(table.models.size);
  const positive = new Int32Array(table.models.size);
  const kept = new Int32Array(table.models.size);
  const keptPositive = new Int32Array(table.models.size);
  const weight = new Float64Array(table.models.size);
  const weighted = new Float64Array(table.models.size);
  for (let row = 0; row < table.size; row += 1) {
    if (table.leaning[row] === 0 || table.other[row] !== -1) continue;
    const [model, author] = [table.model[row]!, table.author[row]!];
    const isPositive = table.leaning[row] === 1;
    rated[model]! += 1;
    if (isPositive) positive[model]! += 1;
    if (duplicate[row] !== 0 || trust[author] === 0) continue;
    kept[model]! += 1;
    if (isPositive) keptPositive[model]! += 1;
    const worth = trust[author]! * quality.weight[author]! * conflicts.factor[row]!;
    weight[model]! += worth;
    if (isPositive) weighted[model]! += worth;
  }
  return Array.from(rated, (ratings, model) => ({
    model: table.models.text(model),
    ratings,
    positive_raw: ratings > 0 ? positive[model]! / ratings : null,
    positive_kept: kept[model]! > 0 ? keptPositive[model]! / kept[model]! : null,
    positive_weighted: weight[model]! > 0 ? weighted[model]! / weight[model]! : null,
    weight: weight[model]!,
  })).sort((a, b) => (a.model < b.model ? -1 : 1));
}
