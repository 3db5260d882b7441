import { familyOf } from '../../domain/family.ts';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { Rater, RaterTask, TaskContext } from '../../ports/rater.ts';
import type { Judge } from '../llm/judge.ts';
import type { Opponent } from './debating-judge.ts';

/**
 * A judge among peers: it is not asked about responses of its own family. Its votes are marked `peer` if its family
 * wrote another response of the item.
 */
export function peerJudge(judge: Rater): Rater {
  return {
    id: judge.id,
    kind: judge.kind,
    model: judge.model,
    family: judge.family,
    fingerprint: `${judge.fingerprint}/peer`,
    tasks: (item: Item) => peerTasks(judge, item),
    perform: async (task: RaterTask, item: Item, context: TaskContext): Promise<readonly Vote[]> => {
      const votes = await judge.perform(task, item, context);
      if (ownResponses(judge, item).size === 0) return votes;
      return votes.map((vote) => ({ ...vote, provenance: { ...vote.provenance, peer: true } }));
    },
  };
}

/** A judge whose reasons are shown in a debate, except about responses of its own family. */
export function peerOpponent(judge: Judge): Opponent {
  return {
    id: judge.id,
    fingerprint: `${judge.fingerprint}/peer`,
    tasks: (item) => peerTasks(judge, item),
    questions: (task, item) => judge.questions(task, item),
    request: (...question) => judge.request(...question),
    prepare: (item, context) => judge.prepare(item, context),
    vote: (...answer) => judge.vote(...answer),
  };
}

function peerTasks(judge: Rater, item: Item): readonly RaterTask[] {
  const own = ownResponses(judge, item);
  return judge.tasks(item).filter(({ candidates }) => !candidates.some((id) => own.has(id)));
}

function ownResponses({ model: judge, family }: Rater, item: Item): ReadonlySet<string> {
  const isOwn = (author: string | null | undefined) =>
    author != null && (author === judge || (family !== null && familyOf(author) === family));
  return new Set(item.candidates.filter(({ model }) => isOwn(model)).map(({ id }) => id));
}
