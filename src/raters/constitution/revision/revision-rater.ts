import type { Constitution, Principle } from '../../../domain/constitution.ts';
import type { Candidate, Item } from '../../../domain/item.ts';
import type { JudgeSpec } from '../../../domain/job.ts';
import type { RaterKind, Vote } from '../../../domain/vote.ts';
import { hashValue } from '../../../files/content-hash.ts';
import type { Rater, RaterTask, TaskContext } from '../../../ports/rater.ts';
import { idPart } from '../../llm/judge-mode.ts';
import { drawPrinciples, principlesFor } from '../draw-principles.ts';
import { callsPerJudge, judgeRevision, type RevisionJudge } from './judge-revision.ts';
import { reviseResponse } from './revise-response.ts';
import type { LeftOutReason, Revision, RevisionReason, RoundOutcome } from './revision.ts';

/** Options of a RevisionRater. */
export interface RevisionOptions {
  readonly constitution: Constitution;
  readonly rounds: number;
  readonly seed: number;
  /** The critic of a response; null if no judge can be its critic. */
  readonly criticOf: (candidate: Candidate) => JudgeSpec | null;
  readonly judges: readonly RevisionJudge[];
}

/** Increment when the questions or the parsing of answers change; recorded tasks become stale. */
const version = 2;
const criticTokens = 1500;
const charactersPerToken = 4;

/**
 * Self-critique and revision, the first phase of Constitutional AI (Bai et al. 2022), with one task per response. Its
 * votes are those of the judges on the response and its revision. Models are asked by judge id, through `askOther`.
 */
export class RevisionRater implements Rater {
  readonly id: string;
  readonly kind: RaterKind = 'constitution';
  readonly model = null;
  readonly family = null;
  readonly fingerprint: string;
  readonly #options: RevisionOptions;

  constructor(options: RevisionOptions) {
    this.#options = options;
    const { constitution, rounds, seed, judges } = options;
    this.id = `${constitution.id}/revise`;
    const models = judges.map(({ spec }) => [spec.id, spec.provider, spec.model, spec.baseUrl ?? null]);
    this.fingerprint = hashValue([version, constitution, rounds, seed, models]);
  }

  tasks(item: Item): readonly RaterTask[] {
    const { rounds, judges } = this.#options;
    return item.candidates
      .filter((candidate) => this.#whyNot(item, candidate) === null)
      .map((candidate) => {
        const calls = 2 * rounds + callsPerJudge * judges.length;
        const text = JSON.stringify(item.prompt).length + 2 * candidate.text!.length + 1500;
        return {
          id: `revise:${idPart(candidate.id)}`,
          candidates: [candidate.id],
          sample: 0,
          calls,
          inputTokens: Math.ceil((calls * text) / charactersPerToken),
          outputTokens: Math.ceil(
            rounds * (150 + candidate.text!.length / charactersPerToken) +
              callsPerJudge * judges.length * 100,
          ),
        };
      });
  }

  /** Reasons why responses of an item are skipped, one per response. */
  leftOut(item: Item): readonly LeftOutReason[] {
    return item.candidates.flatMap((candidate) => this.#whyNot(item, candidate) ?? []);
  }

  async perform(task: RaterTask, item: Item, context: TaskContext): Promise<readonly Vote[]> {
    const { votes, candidate, reason } = await this.revise(item, task.candidates[0]!, context);
    if (votes.length > 0) return votes;
    const outcome = reason === 'critic_failed' ? 'error' : 'abstain';
    const shared = { item: item.id, rater: this.id, rater_kind: this.kind };
    return [{ ...shared, kind: 'pointwise', candidate, outcome, reason }];
  }

  /** Critique, revision and judgement of one response. Repeated calls are served from the store. */
  async revise(item: Item, id: string, context: TaskContext): Promise<Revision> {
    const { constitution, criticOf, judges } = this.#options;
    const candidate = item.candidates.find((each) => each.id === id);
    const critic = candidate === undefined ? null : criticOf(candidate);
    if (candidate === undefined || critic === null)
      throw new Error(`no critic for candidate "${id}" of item "${item.id}"`);
    const drawn = this.#principles(item, id);
    const rounds = await reviseResponse(
      item,
      candidate,
      drawn,
      (request) => context.askOther(critic.id, request),
      { maxTokens: critic.maxTokens ?? criticTokens, temperature: critic.temperature ?? 0 },
    );
    const revised = rounds.findLast(({ revision }) => revision !== null)?.revision ?? null;
    const base = {
      item: item.id,
      candidate: id,
      critic: critic.id,
      constitution: constitution.id,
      rounds,
      revised,
    };
    if (revised === null) {
      return { ...base, status: 'rejected', reason: whyNoText[rounds.at(-1)!.outcome], votes: [] };
    }
    const used = drawn.filter((_, round) => rounds[round]?.outcome === 'revised');
    const others = judges.filter(({ spec }) => spec.id !== critic.id);
    // A critic judges its own revision only if it is the only judge.
    const asked = others.length > 0 ? others : judges;
    const judged = await judgeRevision(item, candidate, revised, used, constitution, asked, context);
    const status = judged.reason === 'preferred' ? 'accepted' : 'rejected';
    return { ...base, status, ...judged };
  }

  #whyNot(item: Item, candidate: Candidate): LeftOutReason | null {
    const { constitution, criticOf } = this.#options;
    if (item.prompt === null || candidate.text === null) return 'no_text';
    if (principlesFor(constitution, item.category).length === 0) return 'no_principle';
    return criticOf(candidate) === null ? 'no_critic' : null;
  }

  /** One principle per round; with more rounds than principles they are drawn again. */
  #principles(item: Item, candidate: string): readonly Principle[] {
    const { constitution, rounds, seed } = this.#options;
    const applying = principlesFor(constitution, item.category);
    const drawn: Principle[] = [];
    for (let turn = 0; drawn.length < rounds && applying.length > 0; turn += 1) {
      drawn.push(
        ...drawPrinciples(applying, rounds - drawn.length, JSON.stringify([seed, item.id, candidate, turn])),
      );
    }
    return drawn;
  }
}

const whyNoText: Readonly<Record<RoundOutcome, RevisionReason>> = {
  revised: 'unchanged',
  unchanged: 'unchanged',
  refused: 'critic_refused',
  truncated: 'critic_truncated',
  failed: 'critic_failed',
};
