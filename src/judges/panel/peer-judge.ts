import { familyOf } from '../../domain/family.ts';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { Look, LookContext, Rater } from '../../ports/rater.ts';

/**
 * A judge among peers: it is not asked about responses that its own family wrote, and its votes say where it is
 * itself the author of another response of the item.
 */
export function peerJudge(judge: Rater): Rater {
  const isOwn = (author: string | null | undefined) =>
    author != null &&
    (author === judge.model || (judge.family !== null && familyOf(author) === judge.family));
  const ownOf = (item: Item) =>
    new Set(item.candidates.filter(({ model }) => isOwn(model)).map(({ id }) => id));
  return {
    id: judge.id,
    kind: judge.kind,
    model: judge.model,
    family: judge.family,
    fingerprint: `${judge.fingerprint}/peer`,
    looks: (item: Item): readonly Look[] => {
      const own = ownOf(item);
      return judge.looks(item).filter(({ candidates }) => !candidates.some((id) => own.has(id)));
    },
    take: async (look: Look, item: Item, context: LookContext): Promise<readonly Vote[]> => {
      const votes = await judge.take(look, item, context);
      if (ownOf(item).size === 0) return votes;
      return votes.map((vote) => ({ ...vote, provenance: { ...vote.provenance, peer: true } }));
    },
  };
}
