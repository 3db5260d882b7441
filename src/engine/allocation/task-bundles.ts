import type { OfferedTask } from '../../ports/allocation.ts';
import type { ItemPosterior } from './item-posterior.ts';
import type { Duel, Prospect } from './task-value.ts';
import { prospect } from './task-value.ts';

/** Tasks of one rater to perform together, and the readings they would give. */
export interface TaskBundle {
  readonly tasks: readonly OfferedTask[];
  readonly prospects: readonly Prospect[];
  /** Cost with all repeats. */
  readonly usd: number;
}

/** Numbers of repeats that are evaluated; only the first is performed before the next evaluation. */
const repeats = [1, 2] as const;
/** Number of challengers evaluated together. */
const challengers = 3;

/** The open tasks of one item, by rater and by subject; each list in the order of execution. */
export class OpenTasks {
  readonly #byRater = new Map<string, Map<string, OfferedTask[]>>();
  readonly #priceOf: (offered: OfferedTask) => number;

  constructor(offered: readonly OfferedTask[], priceOf: (offered: OfferedTask) => number) {
    this.#priceOf = priceOf;
    for (const one of [...offered].sort((a, b) => a.task.sample - b.task.sample)) {
      const subjects = this.#byRater.get(one.rater) ?? new Map<string, OfferedTask[]>();
      this.#byRater.set(one.rater, subjects);
      const subject = subjectOf(one.task.candidates);
      const tasks = subjects.get(subject);
      if (tasks === undefined) subjects.set(subject, [one]);
      else tasks.push(one);
    }
  }

  take(offered: OfferedTask): void {
    const tasks = this.#byRater.get(offered.rater)?.get(subjectOf(offered.task.candidates));
    const place = tasks?.indexOf(offered) ?? -1;
    if (place !== -1) tasks!.splice(place, 1);
  }

  priceOf(tasks: readonly OfferedTask[]): number {
    return tasks.reduce((sum, one) => sum + this.#priceOf(one), 0);
  }

  /** Tasks that cost nothing: rules run on this machine. */
  free(): OfferedTask[] {
    return [...this.#byRater.values()]
      .flatMap((subjects) => [...subjects.values()].flat())
      .filter((one) => this.#priceOf(one) === 0);
  }

  /** The possible next tasks on the leader and its challengers. @param whole only bundles that cover every remaining candidate */
  *bundles(posterior: ItemPosterior, duels: readonly Duel[], whole: boolean): Generator<TaskBundle> {
    const leader = duels[0]!.leader;
    const others = duels.map(({ other }) => other);
    const sets = whole ? [[leader, ...others]] : setsOf(leader, others.slice(0, challengers));
    for (const [rater, subjects] of this.#byRater) {
      const r = posterior.raters.indexOf(rater);
      const seen = new Map<string, Prospect>();
      const read = (up: number, down: number | null): Prospect => {
        const key = `${up}|${down}`;
        const known = seen.get(key);
        if (known !== undefined) return known;
        const made = prospect(
          posterior.state,
          posterior.rowOf(r, up, down),
          posterior.noiseOf(rater, down !== null),
        );
        seen.set(key, made);
        return made;
      };
      const nameOf = (place: number) => posterior.candidates[place]!;
      for (const set of sets) {
        const scores = set.map((c) => subjects.get(subjectOf([nameOf(c)])) ?? []);
        yield* this.#repeated(
          scores,
          set.map((c) => () => read(c, null)),
        );
        if (set[0] !== leader || set.length === 1) continue;
        const rivals = set.slice(1);
        const pairs = rivals.map((c) => subjects.get(subjectOf([nameOf(leader), nameOf(c)])) ?? []);
        yield* this.#repeated(
          pairs,
          rivals.map((c) => () => read(leader, c)),
        );
      }
      const list =
        posterior.candidates.length > 2 ? (subjects.get(subjectOf(posterior.candidates)) ?? []) : [];
      yield* this.#repeated(
        [list],
        [leader, ...others].slice(0, -1).map((c, k) => () => read(c, others[k]!)),
      );
    }
  }

  *#repeated(
    lists: readonly (readonly OfferedTask[])[],
    reads: readonly (() => Prospect)[],
  ): Generator<TaskBundle> {
    for (const times of repeats) {
      if (lists.length === 0 || lists.some((list) => list.length < times)) return;
      const tasks = lists.map((list) => list[0]!);
      const usd = times * this.priceOf(tasks);
      const prospects = reads.map((read) => ({ ...read(), noise: read().noise / times }));
      yield { tasks, prospects, usd };
    }
  }
}

/** The leader with its closest challengers, the challengers alone, the leader alone. */
function setsOf(leader: number, others: readonly number[]): number[][] {
  const sets = [[leader]];
  for (let k = 1; k <= others.length; k += 1) {
    sets.push([leader, ...others.slice(0, k)]);
    if (k < challengers) sets.push(others.slice(0, k));
  }
  return sets;
}

function subjectOf(candidates: readonly string[]): string {
  return [...candidates].sort().join('\n');
}
