import type { CleaningParts } from './decide-events.ts';
import { explainAuthor } from './explain-author.ts';

/** What a cleaning did, in the words of its files. */
export interface CleaningReport {
  readonly cleaning: string;
  readonly at: string;
  readonly events: number;
  readonly authors: number;
  readonly responses: number;
  /** Ids that came more than once. */
  readonly repeated_ids: number;
  readonly duplicates: number;
  readonly quarantined_events: number;
  readonly quarantined_authors: number;
  /** Estimated by the evidence of all authors. */
  readonly machine_share: number;
  /** The bound that quarantine was set to, and the share in which each habit shows among people, as fitted. */
  readonly false_positive_rate: number;
  readonly habits_of_people: Readonly<Record<string, number>>;
  /** Sources whose times were no evidence: most of their authors look too fast. */
  readonly untimed_sources: readonly string[];
  readonly contested_responses: number;
  /** Positive share of each model's ratings, as they came and as weighted. */
  readonly models: readonly ModelLine[];
  /** The worst first, at most `listed`. */
  readonly quarantined: readonly AuthorLine[];
  /** Authors below quarantine that a person should look at. */
  readonly review_authors: readonly AuthorLine[];
  readonly review_responses: readonly ContestedLine[];
}

export interface AuthorLine {
  readonly author: string;
  readonly events: number;
  readonly posterior: number;
  readonly reasons: readonly string[];
}

export interface ContestedLine {
  readonly response: string;
  readonly good: number;
  readonly bad: number;
}

export interface ModelLine {
  readonly model: string;
  readonly ratings: number;
  readonly positive_as_come: number | null;
  /** Of events that are neither duplicates nor set aside, each counted once: an estimate of how many are content. */
  readonly positive_kept: number | null;
  /** By weight: leans towards what skilled people agree on, so it ranks models and is no rate. */
  readonly positive_weighted: number | null;
  readonly weight: number;
}

const listed = 100;

/** Sums a cleaning up. Lists are cut to the hundred most important lines; the decisions hold all. */
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
    habits_of_people: suspicion.usual,
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

function modelLines({ table, duplicate, believed, quality, conflicts }: CleaningParts): ModelLine[] {
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
    if (duplicate[row] !== 0 || believed[author] === 0) continue;
    kept[model]! += 1;
    if (isPositive) keptPositive[model]! += 1;
    const worth = believed[author]! * quality.weight[author]! * conflicts.factor[row]!;
    weight[model]! += worth;
    if (isPositive) weighted[model]! += worth;
  }
  return Array.from(rated, (ratings, model) => ({
    model: table.models.text(model),
    ratings,
    positive_as_come: ratings > 0 ? positive[model]! / ratings : null,
    positive_kept: kept[model]! > 0 ? keptPositive[model]! / kept[model]! : null,
    positive_weighted: weight[model]! > 0 ? weighted[model]! / weight[model]! : null,
    weight: weight[model]!,
  })).sort((a, b) => (a.model < b.model ? -1 : 1));
}
