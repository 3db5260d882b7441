import type { Vote } from '../domain/vote.ts';

/** Effects of verification, debate and preparation on the votes. Absent where the job uses none of them. */
export interface CrossChecks {
  readonly verify?: VerifyEffect;
  readonly debate?: DebateEffect;
  readonly prepare?: Readonly<Record<string, PrepareEffect>>;
}

export interface VerifyEffect {
  /** Opinions that the verifier was shown. */
  readonly checked: number;
  /** The verifier rejected them: the vote is an abstention. */
  readonly withheld: number;
  /** The check gave no answer: the vote is an error, and can be asked again. */
  readonly unchecked: number;
}

export interface DebateEffect {
  /** Tasks that a judge answered before and after reading the other judges. */
  readonly second_votes: number;
  readonly changed: number;
  /** Share of pairs of judges with the same answer to a task, before and after the debate. */
  readonly agreement_before: number | null;
  readonly agreement_after: number | null;
}

export interface PrepareEffect {
  readonly items: number;
  /** Items that went without, by reason. */
  readonly missing: Readonly<Record<string, number>>;
}

const secondVoter = /\/debate$/;

/** Counts votes in the order of the items, as a run writes them; memory is that of one item. */
export class CrossCheckTally {
  readonly #verify = { checked: 0, withheld: 0, unchecked: 0 };
  readonly #debate = new DebateTally();
  readonly #prepare = new Map<string, { items: number; missing: Map<string, number> }>();
  #item: string | null = null;
  /** What was prepared for the item, and where it came from. */
  #prepared = new Map<string, string>();

  add(vote: Vote): void {
    if (vote.item !== this.#item) this.#closeItem();
    this.#item = vote.item;
    const { provenance = {} } = vote;
    if (provenance.verified_by !== undefined) {
      this.#verify.checked += 1;
      if (vote.outcome === 'abstain') this.#verify.withheld += 1;
      if (vote.outcome === 'error') this.#verify.unchecked += 1;
    }
    for (const [what, origin] of Object.entries((provenance.prepared ?? {}) as Record<string, string>))
      this.#prepared.set(what, origin);
    this.#debate.add(vote);
  }

  /** The effects of all votes; call it once, after the last vote. */
  report(): CrossChecks {
    this.#closeItem();
    const effects = [...this.#prepare].map(([what, { items, missing }]): [string, PrepareEffect] => [
      what,
      { items, missing: Object.fromEntries(missing) },
    ]);
    const effect = this.#debate.effect();
    return {
      ...(this.#verify.checked === 0 ? {} : { verify: this.#verify }),
      ...(effect === null ? {} : { debate: effect }),
      ...(effects.length === 0 ? {} : { prepare: Object.fromEntries(effects) }),
    };
  }

  #closeItem(): void {
    this.#debate.closeItem();
    for (const [what, origin] of this.#prepared) {
      const effect = this.#prepare.get(what) ?? { items: 0, missing: new Map<string, number>() };
      this.#prepare.set(what, effect);
      effect.items += 1;
      if (!isReplyKey(origin)) effect.missing.set(origin, 1 + (effect.missing.get(origin) ?? 0));
    }
    this.#prepared = new Map();
  }
}

function isReplyKey(origin: string): boolean {
  return /^[0-9a-f]{32,}$/.test(origin);
}

/** First and second votes of the same judges on the same questions. */
class DebateTally {
  #first = new Map<string, Map<string, string>>();
  #second = new Map<string, Map<string, string>>();
  #any = false;
  readonly #sums = { second_votes: 0, changed: 0 };
  readonly #before = { pairs: 0, same: 0 };
  readonly #after = { pairs: 0, same: 0 };

  add(vote: Vote): void {
    if (vote.rater_kind !== 'llm') return;
    const isSecond = secondVoter.test(vote.rater);
    this.#any ||= isSecond;
    const said = opinionOf(vote);
    if (said === null) return;
    const round = isSecond ? this.#second : this.#first;
    const key = questionOf(vote);
    const answers = round.get(key) ?? new Map<string, string>();
    round.set(key, answers.set(vote.rater.replace(secondVoter, ''), said));
  }

  closeItem(): void {
    for (const [question, second] of this.#second) {
      const first = this.#first.get(question) ?? new Map<string, string>();
      const both = [...second.keys()].filter((judge) => first.has(judge));
      this.#sums.second_votes += both.length;
      this.#sums.changed += both.filter((judge) => first.get(judge) !== second.get(judge)).length;
      for (const [sums, round] of [[this.#before, first] as const, [this.#after, second] as const]) {
        both.forEach((judge, index) => {
          for (const other of both.slice(index + 1)) {
            sums.pairs += 1;
            if (round.get(judge) === round.get(other)) sums.same += 1;
          }
        });
      }
    }
    this.#first = new Map();
    this.#second = new Map();
  }

  effect(): DebateEffect | null {
    const share = ({ pairs, same }: { pairs: number; same: number }) => (pairs === 0 ? null : same / pairs);
    if (!this.#any) return null;
    return {
      ...this.#sums,
      agreement_before: share(this.#before),
      agreement_after: share(this.#after),
    };
  }
}

function questionOf(vote: Vote): string {
  const about =
    vote.kind === 'pairwise'
      ? vote.shown
      : vote.kind === 'pointwise'
        ? [vote.candidate, vote.criterion ?? null]
        : null;
  return JSON.stringify([vote.kind, about, vote.sample ?? 0]);
}

/** The opinion of a vote, even if a verifier withheld it; null without one. */
function opinionOf(vote: Vote): string | null {
  const { outcome, preferred, score, ranking } = (vote.provenance?.withheld ?? vote) as Partial<
    Record<'outcome' | 'preferred' | 'score' | 'ranking', unknown>
  >;
  if (outcome === 'tie') return 'tie';
  return outcome === 'verdict' ? JSON.stringify([preferred ?? score ?? ranking]) : null;
}
