import { checkArgument } from '../../domain/check-argument.ts';
import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import type { GateAnswer } from '../../domain/gate.ts';
import type { Experiment, ExperimentArm } from '../../domain/loop.ts';
import type { FeedbackStore } from '../../ports/feedback-store.ts';
import { chiSquareUpperTail } from '../../stats/special/incomplete-gamma.ts';
import { armLabel } from './assign-arm.ts';
import { type ArmComparison, compareArms } from './compare-arms.ts';

/** Users and ratings of one arm. */
export interface ArmReading {
  readonly arm: string;
  readonly share: number;
  /** Users that were served, and those of them whose ratings are settled. */
  readonly users: number;
  readonly rated_users: number;
  /** Mean over users of the share of positive ratings; null before the first. */
  readonly positive_share: number | null;
}

/**
 * The readout of an A/B test at one time.
 * @example
 * const text = ({ answer, reason }: Readout) => `${answer}: ${reason}`;
 */
export interface Readout {
  readonly kind: 'ab_readout';
  readonly version: 1;
  readonly experiment: string;
  readonly at: string;
  /** `pass`: some arm is better than the first; `fail`: none is; `inconclusive`: too few data, or a ratio mismatch. */
  readonly answer: GateAnswer;
  readonly reason: string;
  readonly ratio: RatioCheck;
  /** Users that were served by more than one arm: excluded. */
  readonly users_in_several_arms: number;
  readonly arms: readonly ArmReading[];
  /** Every arm against the first one; empty in a ratio mismatch. */
  readonly comparisons: readonly (ArmComparison & { readonly arm: string; readonly baseline: string })[];
}

/**
 * Reads out an experiment from the feedback. Anytime-valid: it may be called as often as needed.
 * @example
 * import { openSqliteFeedbackStore } from 'quorate/stores';
 * const { experiments } = await loadLoop('loop.yaml');
 * const store = openSqliteFeedbackStore('feedback.db');
 * for (const experiment of experiments) console.log((await readOut(experiment, store, Date.now())).answer);
 */
export async function readOut(
  experiment: Experiment,
  feedback: FeedbackStore,
  nowMs: number,
): Promise<Readout> {
  checkArgument('experiment', experiment, { id: 'name', arms: 'list', margin: 'number', alpha: 'number' });
  checkArgument('feedback', feedback, { events: 'function', interactions: 'function' });
  checkArgument('nowMs', nowMs, 'number');
  const { arms, margin, settleHours, since } = experiment;
  const { armOf, inSeveral } = await usersOf(experiment, feedback);
  const values = new Map<string, readonly number[]>();
  for (const { id } of arms) {
    const window = { arm: armLabel(experiment, id), ...(since !== null && { since }) };
    const ratings = new Map<string, Rating[]>();
    for await (const { event, receivedAt, decision } of feedback.events(window)) {
      const value = ratingOf(event);
      if (value === undefined || decision?.weight === 0 || armOf.get(event.author) !== id) continue;
      if (!ratings.has(event.author)) ratings.set(event.author, []);
      const subject = `${event.kind} ${event.response_id}`;
      ratings.get(event.author)!.push({ subject, value, at: event.at, receivedMs: Date.parse(receivedAt) });
    }
    values.set(id, settledValues(ratings, settleHours * 3_600_000, nowMs));
  }
  const counts = new Map<string, number>();
  for (const arm of armOf.values()) counts.set(arm, (counts.get(arm) ?? 0) + 1);
  const ratio = checkRatio(arms, Object.fromEntries(counts));
  const [first, ...others] = arms as readonly [ExperimentArm, ...ExperimentArm[]];
  // Bonferroni over the arms
  const alpha = experiment.alpha / others.length;
  const comparisons = ratio.mismatch
    ? []
    : others.map(({ id, share }) => ({
        arm: id,
        baseline: first.id,
        ...compareArms(values.get(first.id)!, values.get(id)!, {
          shares: [first.share, share],
          margin,
          alpha,
        }),
      }));
  return {
    kind: 'ab_readout',
    version: 1,
    experiment: experiment.id,
    at: new Date(nowMs).toISOString(),
    ...verdictOf(ratio, comparisons),
    ratio,
    users_in_several_arms: inSeveral,
    arms: arms.map(({ id, share }) => {
      const of = values.get(id)!;
      const positive_share = of.length === 0 ? null : of.reduce((sum, value) => sum + value, 0) / of.length;
      return { arm: id, share, users: counts.get(id) ?? 0, rated_users: of.length, positive_share };
    }),
    comparisons,
  };
}

async function usersOf(experiment: Experiment, feedback: FeedbackStore) {
  const armOf = new Map<string, string | null>();
  for (const { id } of experiment.arms) {
    const { since } = experiment;
    const window = { arm: armLabel(experiment, id), ...(since !== null && { since }) };
    for await (const { author } of feedback.interactions(window)) {
      if (author === undefined) continue;
      const known = armOf.get(author);
      armOf.set(author, known === undefined || known === id ? id : null);
    }
  }
  const one = new Map<string, string>();
  for (const [author, arm] of armOf) if (arm !== null) one.set(author, arm);
  return { armOf: one, inSeveral: armOf.size - one.size };
}

interface Rating {
  /** A later rating of the same subject replaces an earlier one. */
  readonly subject: string;
  readonly value: number;
  readonly at: string;
  readonly receivedMs: number;
}

/** One value per user, fixed `settleMs` after the first rating was received, and sorted by that time. The values of an earlier
 * readout are therefore an unchanged prefix of those of a later one.
 */
function settledValues(
  ratings: ReadonlyMap<string, readonly Rating[]>,
  settleMs: number,
  nowMs: number,
): readonly number[] {
  const settled: { readonly user: string; readonly atMs: number; readonly value: number }[] = [];
  for (const [user, all] of ratings) {
    const atMs = Math.min(...all.map(({ receivedMs }) => receivedMs)) + settleMs;
    if (atMs > nowMs) continue;
    const last = new Map<string, Rating>();
    for (const rating of all) {
      const earlier = last.get(rating.subject);
      if (rating.receivedMs <= atMs && (earlier === undefined || rating.at >= earlier.at))
        last.set(rating.subject, rating);
    }
    const values = [...last.values()].map(({ value }) => value);
    settled.push({ user, atMs, value: values.reduce((sum, value) => sum + value, 0) / values.length });
  }
  return settled.sort((a, b) => a.atMs - b.atMs || (a.user < b.user ? -1 : 1)).map(({ value }) => value);
}

function ratingOf(event: FeedbackEvent): number | undefined {
  if (event.kind === 'thumb') return event.thumb === 'up' ? 1 : 0;
  return event.kind === 'stars' ? (event.stars - 1) / 4 : undefined;
}

function verdictOf(
  ratio: RatioCheck,
  comparisons: Readout['comparisons'],
): { readonly answer: GateAnswer; readonly reason: string } {
  if (ratio.mismatch) {
    const p = ratio.p.toExponential(1);
    return {
      answer: 'inconclusive',
      reason: `sample-ratio mismatch (p = ${p}): find out where assignment or logging loses users; the comparisons are not valid`,
    };
  }
  const better = comparisons.filter(({ answer }) => answer === 'pass').map(({ arm }) => arm);
  if (better.length > 0) return { answer: 'pass', reason: `better than the first arm: ${better.join(', ')}` };
  if (comparisons.every(({ answer }) => answer === 'fail'))
    return { answer: 'fail', reason: 'no arm is better than the first one' };
  return { answer: 'inconclusive', reason: 'the ratings so far do not decide' };
}

/** Result of the sample-ratio check. */
interface RatioCheck {
  readonly users: Readonly<Record<string, number>>;
  readonly expected: Readonly<Record<string, number>>;
  readonly chi_square: number;
  readonly p: number;
  readonly alpha: number;
  /** The numbers of users contradict the shares: assignment or logging loses users, so no comparison is valid. */
  readonly mismatch: boolean;
}

/** Strict, because it is checked often and a false alarm stops a valid experiment. */
const ratioAlpha = 0.0005;

/** Sample-ratio mismatch: Pearson's chi-square test of users per arm against the shares (Fabijan et al. 2019). */
export function checkRatio(
  arms: readonly ExperimentArm[],
  users: Readonly<Record<string, number>>,
): RatioCheck {
  const total = arms.reduce((sum, { id }) => sum + (users[id] ?? 0), 0);
  const chiSquare =
    total === 0
      ? 0
      : arms.reduce(
          (sum, { id, share }) => sum + ((users[id] ?? 0) - share * total) ** 2 / (share * total),
          0,
        );
  const p = total === 0 ? 1 : chiSquareUpperTail(chiSquare, arms.length - 1);
  return {
    users: Object.fromEntries(arms.map(({ id }) => [id, users[id] ?? 0])),
    expected: Object.fromEntries(arms.map(({ id, share }) => [id, Math.round(share * total * 10) / 10])),
    chi_square: chiSquare,
    p,
    alpha: ratioAlpha,
    mismatch: p < ratioAlpha,
  };
}
