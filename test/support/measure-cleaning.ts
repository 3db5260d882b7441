import { cleanFeedback } from '../../src/feedback/cleaning/clean-feedback.ts';
import { honestStyles, type Population, type Style } from './feedback-population.ts';

export interface CleaningMeasure {
  readonly events: number;
  readonly badShare: number;
  /** Shares of events set aside as spam; duplicates are left out of both. */
  readonly badSetAside: number;
  readonly honestSetAside: number;
  /** Events set aside and events, by style. */
  readonly styles: ReadonlyMap<Style, readonly [setAside: number, events: number]>;
  /**
   * The largest difference of a model's positive share from what the honest events alone give, both weighted and
   * both kept (each event once).
   */
  readonly weightedShift: number;
  readonly keptShift: number;
  /** The same without cleaning. */
  readonly uncleanedShift: number;
}

/** Cleans a population whose every author is known, and counts. */
export async function measureCleaning({ events, styleOf }: Population): Promise<CleaningMeasure> {
  const isHonest = (author: string) => (honestStyles as readonly string[]).includes(styleOf.get(author)!);
  const options = { cleaning: 'measured', at: '2026-06-01T00:00:00Z' };
  const cleaned = await cleanFeedback({ events }, options);
  const honest = await cleanFeedback(
    { events: events.filter(({ event }) => isHonest(event.author)) },
    options,
  );
  const stage = new Map<string, string>();
  for (const decision of cleaned.decisions())
    if (decision.weight === 0) stage.set(decision.event, decision.stage);
  const styles = new Map<Style, [number, number]>();
  const sums = { bad: [0, 0], honest: [0, 0] } as Record<'bad' | 'honest', [number, number]>;
  for (const { event } of events) {
    if (stage.get(event.id) === 'duplicate') continue;
    const style = styleOf.get(event.author)!;
    const counts = styles.get(style) ?? [0, 0];
    styles.set(style, counts);
    for (const pair of [counts, sums[isHonest(event.author) ? 'honest' : 'bad']]) {
      if (stage.get(event.id) === 'spam') pair[0] += 1;
      pair[1] += 1;
    }
  }
  const shift = (share: 'positive_weighted' | 'positive_kept' | 'positive_raw') => {
    const truth = new Map(honest.report.models.map((line) => [line.model, line[share] ?? 0]));
    return Math.max(
      ...cleaned.report.models.map((line) => Math.abs((line[share] ?? 0) - (truth.get(line.model) ?? 0))),
    );
  };
  return {
    events: events.length,
    badShare: sums.bad[1] / (sums.bad[1] + sums.honest[1]),
    badSetAside: sums.bad[1] === 0 ? 1 : sums.bad[0] / sums.bad[1],
    honestSetAside: sums.honest[0] / sums.honest[1],
    styles,
    weightedShift: shift('positive_weighted'),
    keptShift: shift('positive_kept'),
    uncleanedShift: shift('positive_raw'),
  };
}
