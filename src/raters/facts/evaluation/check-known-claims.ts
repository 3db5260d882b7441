import { createClaimChecker } from '../check-claim.ts';
import { openLanguageModel } from '../language-model.ts';
import { ownEvidence } from '../own-evidence.ts';
import type { ClaimTally } from './claim-tally.ts';
import type { KnownClaims } from './read-known-claims.ts';

/** Verifies known claims with the checker without a model. @param passages retrieved per claim */
export async function checkKnownClaims(
  groups: AsyncIterable<KnownClaims>,
  passages: number,
  tally: ClaimTally,
): Promise<void> {
  const check = createClaimChecker(await openLanguageModel());
  for await (const { item, claims } of groups) {
    const evidence = ownEvidence(item);
    for (const [index, claim] of claims.entries()) {
      const text = item.candidates[index]!.text!;
      tally.add(claim, check(text, (await evidence?.search(text, passages)) ?? []));
    }
  }
}
