import { ConfigError } from '../domain/errors.ts';
import type { Candidate, Item } from '../domain/item.ts';
import { type RuleSeverity, ruleSeverities } from '../domain/rule.ts';
import { type RaterKind, raterKinds, type Vote } from '../domain/vote.ts';
import { hashValue } from '../files/content-hash.ts';
import type { Rater, RaterTask, TaskContext } from '../ports/rater.ts';
import type { FunctionRule } from './rules/function-rule.ts';

/**
 * What a rater says of a pair: which is better, that they are level, or that it has no opinion.
 * @example
 * const opinion: PairOpinion = 'tie';
 */
export type PairOpinion = 'first' | 'second' | 'tie' | 'abstain';

interface RaterBase {
  readonly id: string;
  /** Default: `reward_model`. */
  readonly kind?: RaterKind;
  readonly model?: string;
  readonly family?: string;
  /** Changes whenever the same item would get other votes; recorded votes of an older version are not used. */
  readonly version?: string;
}

/**
 * A rater that scores one response.
 * @example
 * const words: ScoringRater = { id: 'words', scale: [0, 500], score: (response) => Math.min(500, response.split(' ').length) };
 */
export interface ScoringRater extends RaterBase {
  readonly scale: readonly [min: number, max: number];
  /** Null: no opinion. */
  readonly score: (
    response: string,
    about: { readonly item: Item; readonly candidate: Candidate },
    context: TaskContext,
  ) => number | null | Promise<number | null>;
}

/**
 * A rater that compares two responses, each pair once.
 * @example
 * const shorter: ComparingRater = { id: 'shorter', compare: (a, b) => (a.length < b.length ? 'first' : 'second') };
 */
export interface ComparingRater extends RaterBase {
  readonly compare: (
    first: string,
    second: string,
    about: { readonly item: Item },
    context: TaskContext,
  ) => PairOpinion | Promise<PairOpinion>;
}

/**
 * A rater of one's own from a function that scores or compares. A function that throws gives a vote with outcome
 * `error`; what is not an opinion (NaN, a score off the scale) gives one with outcome `abstain`.
 * @throws ConfigError that names the wrong member.
 * @example
 * import { defineJob } from 'quorate';
 * const brevity = defineRater({ id: 'brevity', compare: (a, b) => (a.length < b.length ? 'first' : 'second') });
 * await defineJob({ items, raters: [brevity] });
 */
export function defineRater(input: ScoringRater | ComparingRater): Rater {
  const { id, kind, model, family } = checked(input);
  const ways = 'score' in input ? scoring(input) : comparing(input);
  const version = input.version ?? String('score' in input ? input.score : input.compare);
  return {
    id,
    kind: kind ?? 'reward_model',
    model: model ?? null,
    family: family ?? null,
    fingerprint: hashValue({ rater: id, version, scale: 'score' in input ? input.scale : null }),
    ...ways,
  };
}

function scoring({
  id,
  kind = 'reward_model',
  scale,
  score,
  model,
}: ScoringRater): Pick<Rater, 'tasks' | 'perform'> {
  return {
    tasks: (item) =>
      readable(item).map((candidate) => taskOf(`score:${encodeURIComponent(candidate.id)}`, [candidate.id])),
    async perform({ candidates: [wanted] }, item, context) {
      const candidate = item.candidates.find((one) => one.id === wanted)!;
      const base = {
        item: item.id,
        rater: id,
        rater_kind: kind,
        model: model ?? null,
        kind: 'pointwise',
        candidate: candidate.id,
      } as const;
      return [
        await voteFrom(base, context, async () => {
          const given = await score(candidate.text!, { item, candidate }, context);
          const [min, max] = scale;
          return given !== null && given >= min && given <= max
            ? { outcome: 'verdict', score: given, scale }
            : {
                outcome: 'abstain',
                reason: given === null ? 'no opinion' : `${given} is not on the scale ${min} to ${max}`,
              };
        }),
      ];
    },
  };
}

function comparing({
  id,
  kind = 'reward_model',
  compare,
  model,
}: ComparingRater): Pick<Rater, 'tasks' | 'perform'> {
  return {
    tasks: (item) => {
      const known = readable(item);
      return known.flatMap((x, index) =>
        known
          .slice(index + 1)
          .map((y) => taskOf(`pair:${encodeURIComponent(x.id)}|${encodeURIComponent(y.id)}`, [x.id, y.id])),
      );
    },
    async perform({ candidates }, item, context) {
      const [first, second] = candidates.map(
        (wanted) => item.candidates.find(({ id }) => id === wanted)!,
      ) as [Candidate, Candidate];
      const shown = [first.id, second.id] as const;
      const base = {
        item: item.id,
        rater: id,
        rater_kind: kind,
        model: model ?? null,
        kind: 'pairwise',
        shown,
      } as const;
      return [
        await voteFrom(base, context, async () => {
          const opinion = await compare(first.text!, second.text!, { item }, context);
          if (opinion === 'tie') return { outcome: 'tie' };
          if (opinion === 'first') return { outcome: 'verdict', preferred: first.id };
          if (opinion === 'second') return { outcome: 'verdict', preferred: second.id };
          return {
            outcome: 'abstain',
            reason: opinion === 'abstain' ? 'no opinion' : `"${String(opinion)}" is no opinion`,
          };
        }),
      ];
    },
  };
}

async function voteFrom(
  base: object,
  { signal }: TaskContext,
  opinion: () => Promise<object>,
): Promise<Vote> {
  try {
    return { ...base, ...(await opinion()) } as Vote;
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return { ...base, outcome: 'error', reason: reason || 'the rater failed' } as Vote;
  }
}

function taskOf(id: string, candidates: readonly string[]): RaterTask {
  return { id, candidates, sample: 0, calls: 0, inputTokens: 0, outputTokens: 0 };
}

function readable(item: Item): readonly Candidate[] {
  return item.candidates.filter(({ text }) => text !== null);
}

function checked<T extends ScoringRater | ComparingRater>(input: T): T {
  if (typeof input !== 'object' || input === null) throw new ConfigError('a rater must be an object');
  const { id, kind } = input;
  if (typeof id !== 'string' || id === '')
    throw new ConfigError('id of the rater must be a non-empty string');
  if (kind !== undefined && !raterKinds.includes(kind))
    throw new ConfigError(`kind of the rater "${id}" must be one of ${raterKinds.join(', ')}`);
  const { score, compare, scale } = input as Partial<ScoringRater & ComparingRater>;
  if ((typeof score === 'function') === (typeof compare === 'function'))
    throw new ConfigError(`the rater "${id}" needs exactly one of the functions score and compare`);
  if (
    score !== undefined &&
    !(Array.isArray(scale) && scale.length === 2 && (scale[0] as number) < (scale[1] as number))
  )
    throw new ConfigError(`scale of the rater "${id}" must be [min, max] with min < max`);
  return input;
}

/**
 * What `defineRule` takes: a name, the effect of a failure, and the check as a function.
 * @example
 * const input: RuleInput = { id: 'short', severity: 'veto', test: (response) => response.length < 2000 || 'too long' };
 */
export interface RuleInput {
  readonly id: string;
  /** Default: `penalty`. */
  readonly severity?: RuleSeverity;
  /** Applies to items of these categories only; default: all. */
  readonly categories?: readonly string[];
  readonly version?: string;
  readonly test: FunctionRule['test'];
}

/**
 * A rule from a function of the response: `true` passes, `false` or a string with the reason fails.
 * @throws ConfigError that names the wrong member.
 * @example
 * import { defineJob } from 'quorate';
 * const polite = defineRule({ id: 'polite', test: (response) => response.includes('please') || 'not polite' });
 * await defineJob({ items, rules: [polite] });
 */
export function defineRule(input: RuleInput): FunctionRule {
  if (typeof input !== 'object' || input === null) throw new ConfigError('a rule must be an object');
  const { id, severity = 'penalty', test } = input;
  if (typeof id !== 'string' || id === '') throw new ConfigError('id of the rule must be a non-empty string');
  if (!ruleSeverities.includes(severity))
    throw new ConfigError(`severity of the rule "${id}" must be one of ${ruleSeverities.join(', ')}`);
  if (typeof test !== 'function') throw new ConfigError(`test of the rule "${id}" must be a function`);
  return { ...input, check: 'function', severity };
}
