import type { Item } from '../../domain/item.ts';
import { hashText } from '../../files/content-hash.ts';
import type { OfferedLook } from '../../ports/allocation.ts';
import { expectedCost } from '../calls/cost.ts';
import type { PanelMember } from '../calls/lane.ts';

/** All looks that could be taken at an item: rater by rater in the order of the panel. */
export function offeredLooks(item: Item, panel: readonly PanelMember[]): OfferedLook[] {
  return panel.flatMap(({ rater, lane }) =>
    rater.looks(item).map((look) => ({
      rater: rater.id,
      raterKind: rater.kind,
      family: rater.family,
      look,
      costUsd: look.calls === 0 ? 0 : lookCost(look, lane?.price ?? null),
    })),
  );
}

function lookCost(
  look: OfferedLook['look'],
  price: Parameters<typeof expectedCost>[2] | null,
): number | null {
  return price === null ? null : expectedCost(look.inputTokens, look.outputTokens, price, look.calls);
}

/** Names a look within its item. */
export function lookName(rater: string, look: string): string {
  return JSON.stringify([rater, look]);
}

/** Hash of what raters see of an item; its metadata may change without asking again. */
export function itemHash({ id, prompt, candidates, reference, context, category }: Item): string {
  const shown = candidates.map((candidate) => [candidate.id, candidate.text, candidate.model ?? null]);
  return hashText(JSON.stringify([id, prompt, shown, reference ?? null, context ?? null, category ?? null]));
}

/** Tells whether a recorded look still answers the question that would be asked today. */
export function lookFingerprint(raterFingerprint: string, hashOfItem: string): string {
  return hashText(`${raterFingerprint}\n${hashOfItem}`).slice(0, 32);
}
