import type { CheckedClaim, ClaimVerdict } from '../claim.ts';
import { type Precision, precisionOf, type VerdictCount } from './precision.ts';
import type { ClaimLabel, KnownClaim } from './read-known-claims.ts';

/** The outcome of a known claim: a verdict, or no readable reply. */
export type ClaimOutcome =
  | Pick<CheckedClaim, 'verdict' | 'said'>
  | { readonly unread: 'abstain' | 'error'; readonly reason: string };

/** Precision and coverage of the verdicts on the claims of one set, or of all. */
export interface ClaimRow {
  readonly name: string;
  readonly claims: number;
  /** Null if no record names its cluster. */
  readonly clusters: number | null;
  readonly supported: Precision;
  readonly refuted: Precision;
  /** The same without the check of quotes; null for the checker without a model. */
  readonly as_said: { readonly supported: Precision; readonly refuted: Precision } | null;
  readonly unverifiable: number;
  readonly unverifiable_share: number | null;
  readonly not_a_claim: number;
  /** Unverifiable claims that the judge decided with a quote found in no passage. */
  readonly without_quote: number;
  /** Unverifiable claims without an entry in a readable reply. */
  readonly without_entry: number;
  /** Claims whose reply was unreadable or missing. */
  readonly abstained: number;
  readonly errors: number;
  readonly true_claims: number;
  /** Share of the true claims found supported; null without true claims. */
  readonly coverage: number | null;
  readonly false_claims: number;
  readonly false_refuted: number | null;
}

/** The result of an evaluation, by set and overall. */
export interface ClaimReport {
  readonly sets: readonly ClaimRow[];
  readonly all: ClaimRow;
  /** Number of claims by the reason why their reply gave no verdict. */
  readonly unread: Readonly<Record<string, number>>;
}

const falseLabels: ReadonlySet<ClaimLabel> = new Set(['refuted', 'not-supported']);

/** Accumulates verdicts on known claims as counts per cluster. */
export class ClaimTally {
  readonly #asked: boolean;
  readonly #all: Counts;
  readonly #sets = new Map<string, Counts>();
  readonly #unread = new Map<string, number>();

  /** @param judge false for the checker without a model, which gives no quotes */
  constructor({ judge }: { readonly judge: boolean }) {
    this.#asked = judge;
    this.#all = new Counts();
  }

  add(claim: KnownClaim, outcome: ClaimOutcome): void {
    const set = this.#sets.get(claim.set) ?? new Counts();
    this.#sets.set(claim.set, set);
    set.add(claim, outcome);
    this.#all.add(claim, outcome);
    if ('unread' in outcome) this.#unread.set(outcome.reason, (this.#unread.get(outcome.reason) ?? 0) + 1);
  }

  report(): ClaimReport {
    return {
      sets: [...this.#sets]
        .sort((a, b) => (a[0] < b[0] ? -1 : 1))
        .map(([name, counts]) => counts.row(name, this.#asked)),
      all: this.#all.row('all', this.#asked),
      unread: Object.fromEntries([...this.#unread].sort()),
    };
  }
}

type Decided = Extract<ClaimVerdict, 'supported' | 'refuted'>;

class Counts {
  readonly #claims = { all: 0, true: 0, false: 0, falseRefuted: 0 };
  readonly #verdicts = { supported: 0, refuted: 0, unverifiable: 0, 'not-a-claim': 0 };
  readonly #unread = { abstain: 0, error: 0 };
  readonly #without = { quote: 0, entry: 0 };
  readonly #clusters = new Set<string>();
  /** By verdict, then by cluster. */
  readonly #accepted = emptyCounts();
  readonly #said = emptyCounts();
  #alone = 0;

  add({ label, cluster, id, set }: KnownClaim, outcome: ClaimOutcome): void {
    this.#claims.all += 1;
    if (label === 'supported') this.#claims.true += 1;
    if (falseLabels.has(label)) this.#claims.false += 1;
    if (cluster !== null) this.#clusters.add(cluster);
    else this.#alone += 1;
    if ('unread' in outcome) {
      this.#unread[outcome.unread] += 1;
      return;
    }
    const { verdict, said } = outcome;
    this.#verdicts[verdict] += 1;
    if (said === null) this.#without.entry += 1;
    else if (said !== undefined) this.#without.quote += 1;
    if (verdict === 'refuted' && falseLabels.has(label)) this.#claims.falseRefuted += 1;
    const group = cluster === null ? `alone ${set} ${id}` : `cluster ${cluster}`;
    count(this.#accepted, verdict, label, group);
    count(this.#said, said ?? verdict, label, group);
  }

  row(name: string, asked: boolean): ClaimRow {
    const { all, true: trueClaims, false: falseClaims, falseRefuted } = this.#claims;
    const { unverifiable, 'not-a-claim': notAClaim } = this.#verdicts;
    const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
    const accepted = precisions(this.#accepted);
    return {
      name,
      claims: all,
      clusters: this.#clusters.size === 0 ? null : this.#clusters.size + this.#alone,
      ...accepted,
      as_said: asked ? precisions(this.#said) : null,
      unverifiable,
      unverifiable_share: share(unverifiable, all),
      not_a_claim: notAClaim,
      without_quote: this.#without.quote,
      without_entry: this.#without.entry,
      abstained: this.#unread.abstain,
      errors: this.#unread.error,
      true_claims: trueClaims,
      coverage: share(accepted.supported.right, trueClaims),
      false_claims: falseClaims,
      false_refuted: share(falseRefuted, falseClaims),
    };
  }
}

type CountsByCluster = Readonly<Record<Decided, Map<string, VerdictCount>>>;

function emptyCounts(): CountsByCluster {
  return { supported: new Map(), refuted: new Map() };
}

function count(counts: CountsByCluster, verdict: ClaimVerdict, label: ClaimLabel, group: string): void {
  if (verdict !== 'supported' && verdict !== 'refuted') return;
  const known = counts[verdict].get(group) ?? { right: 0, all: 0 };
  counts[verdict].set(group, known);
  known.all += 1;
  if (verdict === 'supported' ? label === 'supported' : falseLabels.has(label)) known.right += 1;
}

function precisions({ supported, refuted }: CountsByCluster) {
  return { supported: precisionOf([...supported.values()]), refuted: precisionOf([...refuted.values()]) };
}
