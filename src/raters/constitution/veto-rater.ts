import type { Constitution } from '../../domain/constitution.ts';
import type { Item } from '../../domain/item.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import type { PointwiseVote, RaterKind, Vote } from '../../domain/vote.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { ChatCapabilities } from '../../ports/chat-model.ts';
import type { Rater, RaterTask, TaskContext } from '../../ports/rater.ts';
import { createJudge } from '../llm/create-judge.ts';
import type { Judge } from '../llm/judge.ts';
import { idPart } from '../llm/judge-mode.ts';
import { principlesFor } from './draw-principles.ts';
import { breachRubric } from './principle-rubric.ts';

/**
 * Checks each response against each principle with `veto`. A clear violation is a vote with `veto`, which excludes the
 * response regardless of pairwise votes.
 */
export class VetoRater implements Rater {
  readonly id: string;
  readonly kind: RaterKind = 'constitution';
  readonly model: string;
  readonly family: string | null;
  readonly fingerprint: string;
  readonly #constitution: Constitution;
  readonly #judges: ReadonlyMap<string, Judge>;

  constructor(constitution: Constitution, judge: JudgeSpec, capabilities: ChatCapabilities) {
    this.#constitution = constitution;
    this.id = `${constitution.id}@${judge.id}/veto`;
    this.model = judge.model;
    this.family = judge.family;
    const rubricHash = hashValue(constitution);
    this.#judges = new Map(
      constitution.principles
        .filter(({ veto }) => veto)
        .map((principle) => {
          const spec = { ...judge, id: this.id, rubric: breachRubric(principle), rubricHash, samples: 1 };
          return [principle.id, createJudge(spec, capabilities, { seed: 0, principle: principle.id })];
        }),
    );
    this.fingerprint = hashValue([...this.#judges].map(([id, { fingerprint }]) => [id, fingerprint]));
  }

  tasks(item: Item): readonly RaterTask[] {
    return principlesFor(this.#constitution, item.category).flatMap(({ id }) =>
      (this.#judges.get(id)?.tasks(item) ?? []).map((task) => ({ ...task, id: `${idPart(id)}/${task.id}` })),
    );
  }

  async perform(task: RaterTask, item: Item, context: TaskContext): Promise<readonly Vote[]> {
    const slash = task.id.indexOf('/');
    const principle = decodeURIComponent(task.id.slice(0, slash));
    const judge = this.#judges.get(principle);
    if (judge === undefined) throw new Error(`constitution "${this.id}" has no veto "${principle}"`);
    const votes = await judge.perform({ ...task, id: task.id.slice(slash + 1) }, item, context);
    return (votes as readonly PointwiseVote[]).map((vote) => ({
      ...vote,
      rater_kind: 'constitution',
      criterion: principle,
      ...(vote.outcome === 'verdict' && vote.score === 0 ? { veto: true } : {}),
      provenance: { ...vote.provenance, basis: principle },
    }));
  }
}
