import type { RaterKind, Vote, VoteOutcome } from '../domain/vote.ts';
import type { PanelMember } from '../engine/calls/model-endpoint.ts';
import type { Spending } from '../ports/run-store.ts';

/** What became of a rater's questions. */
export interface RaterCounts {
  readonly rater: string;
  readonly kind: RaterKind;
  readonly model: string | null;
  readonly votes: number;
  readonly verdicts: number;
  readonly ties: number;
  readonly abstentions: number;
  readonly errors: number;
  /** Why it abstained or failed, and how often. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly calls: number;
  readonly cost_usd: number;
  readonly unpriced_calls: number;
}

interface Count {
  readonly outcomes: Record<VoteOutcome, number>;
  readonly reasons: Map<string, number>;
}

/** Counts votes as they pass by. */
export class VoteCounter {
  readonly #panel: readonly PanelMember[];
  readonly #counts: ReadonlyMap<string, Count>;

  constructor(panel: readonly PanelMember[]) {
    this.#panel = panel;
    this.#counts = new Map(panel.map(({ rater }) => [rater.id, newCount()]));
  }

  count(vote: Vote): void {
    const count = this.#counts.get(vote.rater);
    if (count === undefined) return;
    count.outcomes[vote.outcome] += 1;
    if (vote.outcome !== 'abstain' && vote.outcome !== 'error') return;
    const reason = shortReason(vote);
    count.reasons.set(reason, 1 + (count.reasons.get(reason) ?? 0));
  }

  /** The kinds that have voted so far. */
  kinds(): ReadonlySet<RaterKind> {
    const voted = this.#panel.filter(({ rater }) =>
      Object.values(this.#counts.get(rater.id)!.outcomes).some((count) => count > 0),
    );
    return new Set(voted.map(({ rater }) => rater.kind));
  }

  raters({ raters }: Spending): RaterCounts[] {
    const spent = new Map(raters.map((one) => [one.rater, one]));
    return this.#panel.map(({ rater }) => {
      const { outcomes, reasons } = this.#counts.get(rater.id)!;
      const paid = spent.get(rater.id);
      return {
        rater: rater.id,
        kind: rater.kind,
        model: rater.model,
        votes: outcomes.verdict + outcomes.tie + outcomes.abstain + outcomes.error,
        verdicts: outcomes.verdict,
        ties: outcomes.tie,
        abstentions: outcomes.abstain,
        errors: outcomes.error,
        reasons: Object.fromEntries([...reasons].sort(([, a], [, b]) => b - a)),
        calls: paid?.calls ?? 0,
        cost_usd: paid?.usd ?? 0,
        unpriced_calls: paid?.unpricedCalls ?? 0,
      };
    });
  }
}

function newCount(): Count {
  return { outcomes: { verdict: 0, tie: 0, abstain: 0, error: 0 }, reasons: new Map() };
}

/** Checks explain each case in full; what they have in common is the rule. */
function shortReason({ rater_kind: kind, criterion, reason = 'not said' }: Vote): string {
  if (kind === 'rule' || criterion === 'refuted') return criterion ?? reason;
  return kind === 'fact' ? reason.split(':', 1)[0]! : reason;
}
