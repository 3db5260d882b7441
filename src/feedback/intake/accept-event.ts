import type { FeedbackEvent, Interaction } from '../../domain/feedback-event.ts';
import type { IntakeRules } from '../../domain/intake.ts';
import type { AuthorKeys } from './author-keys.ts';
import { feedbackContextSchema, feedbackEventSchema, interactionSchema } from './event-schema.ts';
import { missingFields, type Problem, problemsOf } from './problem.ts';
import { checkRules, isTooDeep } from './rules.ts';

/**
 * Configuration of intake.
 * @example
 * const settings = (nowMs: number): IntakeSettings => ({ rules: defaultIntakeRules, keys: readAuthorKeys(process.env), nowMs });
 */
export interface IntakeSettings {
  readonly rules: IntakeRules;
  readonly keys: AuthorKeys;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

export interface Refused {
  readonly ok: false;
  /** Paths of missing required fields. */
  readonly missing: readonly string[];
  readonly problems: readonly Problem[];
}

export type AcceptedEvent = { readonly ok: true; readonly event: FeedbackEvent } | Refused;
export type AcceptedInteraction = { readonly ok: true; readonly interaction: Interaction } | Refused;

/**
 * Validates one external event. An accepted event has its time in UTC and its author as a pseudonym.
 * @example
 * const settings = { rules: defaultIntakeRules, keys: readAuthorKeys(process.env), nowMs: Date.now() };
 * const accepted = acceptEvent({ id: 'e1' }, settings);
 * if (!accepted.ok) console.error(accepted.missing, accepted.problems);
 */
export function acceptEvent(input: unknown, settings: IntakeSettings): AcceptedEvent {
  if (isTooDeep(input)) return refused([{ path: '', message: 'is nested too deeply' }]);
  const parsed = feedbackEventSchema.safeParse(input);
  if (!parsed.success) {
    const problems = problemsOf(parsed.error, input);
    if (!problems.some(({ path }) => path === 'kind')) return refused(problems);
    // without a valid kind the schema checks nothing else, so check the context alone
    const context = feedbackContextSchema.safeParse(input);
    return refused([...(context.success ? [] : problemsOf(context.error, input)), ...problems]);
  }
  const problems = [...checkRules(parsed.data, settings), ...strayRanking(parsed.data as FeedbackEvent)];
  if (problems.length > 0) return refused(problems);
  return { ok: true, event: inside(parsed.data, settings) as FeedbackEvent };
}

/**
 * Like `acceptEvent`, for a served response.
 * @example
 * const settings = { rules: defaultIntakeRules, keys: readAuthorKeys(process.env), nowMs: Date.now() };
 * const accepted = acceptInteraction({ response_id: 'r1' }, settings);
 * if (accepted.ok) console.log(accepted.interaction.at);
 */
export function acceptInteraction(input: unknown, settings: IntakeSettings): AcceptedInteraction {
  if (isTooDeep(input)) return refused([{ path: '', message: 'is nested too deeply' }]);
  const parsed = interactionSchema.safeParse(input);
  if (!parsed.success) return refused(problemsOf(parsed.error, input));
  const problems = checkRules(parsed.data, settings);
  if (problems.length > 0) return refused(problems);
  return { ok: true, interaction: inside(parsed.data, settings) as Interaction };
}

function refused(problems: readonly Problem[]): Refused {
  return { ok: false, missing: missingFields(problems), problems };
}

interface Incoming {
  readonly at: string;
  readonly author?: string | undefined;
  readonly model_version: string;
}

function inside<T extends Incoming>(incoming: T, { rules, keys }: IntakeSettings): T {
  const known = rules.modelVersions?.includes(incoming.model_version) ?? true;
  return {
    ...incoming,
    at: new Date(incoming.at).toISOString(),
    ...(incoming.author !== undefined && { author: keys.pseudonymOf(incoming.author) }),
    ...(!known && { unknown_model: true }),
  };
}

/** A ranking must name every shown response exactly once. */
function strayRanking(event: FeedbackEvent): readonly Problem[] {
  if (event.kind === 'comparison' && event.other.response_id === event.response_id)
    return [{ path: 'other.response_id', message: 'must be another response than response_id' }];
  if (event.kind !== 'ranking') return [];
  const shown = [event.response_id, ...event.others.map((other) => other.response_id)];
  const ranked = event.ranking.flat();
  const problems: Problem[] = [];
  if (new Set(shown).size < shown.length)
    problems.push({ path: 'others', message: 'must be different responses' });
  if (
    ranked.length !== new Set(ranked).size ||
    ranked.length !== shown.length ||
    !ranked.every((id) => shown.includes(id))
  ) {
    problems.push({ path: 'ranking', message: 'must name response_id and every one of others, each once' });
  }
  return problems;
}
