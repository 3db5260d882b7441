import type { Interval } from '../../../stats/estimate.ts';
import { wilsonInterval } from '../../../stats/intervals/proportion.ts';
import type { LeftOutReason, Revision, RevisionReason } from './revision.ts';

/** Results of revisions under one principle. A revision counts for every principle that changed its text. */
export interface PrincipleReport {
  readonly principle: string;
  /** Rounds in which it was drawn, and those that changed the text. */
  readonly drawn: number;
  readonly revised: number;
  readonly judged: number;
  readonly accepted: number;
  /** Rejected as evasive. */
  readonly evasive: number;
  /** Share accepted and share rejected as evasive, with 95 % Wilson intervals; null if none was judged. */
  readonly win_rate: Interval | null;
  readonly veto_rate: Interval | null;
}

/** Summary of all revisions of a run. */
export interface RevisionReport {
  readonly responses: number;
  readonly accepted: number;
  readonly reasons: Readonly<Partial<Record<RevisionReason, number>>>;
  /** Responses that were skipped, not included in `responses`. */
  readonly left_out: Readonly<Partial<Record<LeftOutReason, number>>>;
  readonly principles: readonly PrincipleReport[];
}

type Counts = Pick<PrincipleReport, 'drawn' | 'revised' | 'judged' | 'accepted' | 'evasive'>;

/** Counts revisions incrementally; memory depends only on the number of principles. */
export class RevisionTally {
  #responses = 0;
  #accepted = 0;
  readonly #reasons = new Map<RevisionReason, number>();
  readonly #leftOut = new Map<LeftOutReason, number>();
  readonly #principles = new Map<string, { -readonly [K in keyof Counts]: Counts[K] }>();

  add({ status, reason, rounds }: Revision): void {
    this.#responses += 1;
    if (status === 'accepted') this.#accepted += 1;
    this.#reasons.set(reason, 1 + (this.#reasons.get(reason) ?? 0));
    const judged = reason === 'preferred' || reason === 'not_preferred' || reason === 'depends_on_order';
    const changed = new Set<string>();
    for (const { principle, outcome } of rounds) {
      const counts = this.#of(principle);
      counts.drawn += 1;
      if (outcome !== 'revised') continue;
      counts.revised += 1;
      changed.add(principle);
    }
    for (const principle of changed) {
      const counts = this.#of(principle);
      if (judged || reason === 'evasive') counts.judged += 1;
      if (status === 'accepted') counts.accepted += 1;
      if (reason === 'evasive') counts.evasive += 1;
    }
  }

  leaveOut(reasons: readonly LeftOutReason[]): void {
    for (const reason of reasons) this.#leftOut.set(reason, 1 + (this.#leftOut.get(reason) ?? 0));
  }

  report(): RevisionReport {
    return {
      responses: this.#responses,
      accepted: this.#accepted,
      reasons: Object.fromEntries([...this.#reasons].sort()),
      left_out: Object.fromEntries([...this.#leftOut].sort()),
      principles: [...this.#principles].sort(byName).map(([principle, counts]) => ({
        principle,
        ...counts,
        win_rate: rate(counts.accepted, counts.judged),
        veto_rate: rate(counts.evasive, counts.judged),
      })),
    };
  }

  #of(principle: string) {
    const counts = this.#principles.get(principle) ?? {
      drawn: 0,
      revised: 0,
      judged: 0,
      accepted: 0,
      evasive: 0,
    };
    this.#principles.set(principle, counts);
    return counts;
  }
}

function rate(count: number, of: number): Interval | null {
  return of === 0 ? null : wilsonInterval(count, of);
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}
