import type { Item } from '../../../domain/item.ts';
import type { JudgeSpec } from '../../../domain/job.ts';
import type { PointwiseVote, Vote } from '../../../domain/vote.ts';
import { hashValue } from '../../../files/content-hash.ts';
import type { ChatCapabilities } from '../../../ports/chat-model.ts';
import type { Rater } from '../../../ports/rater.ts';
import type { CheckedClaim, Claim } from '../claim.ts';
import { factsVersion } from '../fact-rater.ts';
import { verifyWithModel } from '../model-check.ts';
import { ownEvidence } from '../own-evidence.ts';
import type { ClaimOutcome } from './claim-tally.ts';

/** Options of `claimRater`. */
export interface ClaimRaterOptions {
  readonly judge: { readonly spec: JudgeSpec; readonly capabilities: ChatCapabilities };
  /** Passages retrieved per claim. */
  readonly passages: number;
}

/**
 * A judge that verifies given claims: the candidates of an item against its context, in one task, with the prompts and
 * the parser of a job. One vote per claim.
 */
export function claimRater({ judge, passages }: ClaimRaterOptions): Rater {
  const { id, provider, baseUrl = null, model, family, temperature = null } = judge.spec;
  return {
    id,
    kind: 'fact',
    model,
    family,
    fingerprint: hashValue([factsVersion, passages, provider, baseUrl, model, temperature]),
    tasks: (item) => [
      {
        id: 'claims',
        candidates: item.candidates.map((candidate) => candidate.id),
        sample: 0,
        calls: 1,
        inputTokens: Math.ceil([...(item.context ?? [])].join('').length / 4) + 400,
        outputTokens: 40 * item.candidates.length,
      },
    ],
    async perform(_task, item, context) {
      const evidence = ownEvidence(item);
      const find = async (claim: string) => evidence?.search(claim, passages) ?? [];
      const claims = item.candidates.map(asClaim);
      const { checked, unread, usage } = await verifyWithModel(claims, { judge, context, find });
      const { replies, ...spent } = usage;
      return item.candidates.map((candidate, index): PointwiseVote => {
        const base = {
          ...(index === 0 ? spent : {}),
          item: item.id,
          rater: id,
          rater_kind: 'fact' as const,
          model,
          kind: 'pointwise' as const,
          candidate: candidate.id,
          criterion: 'claim',
        };
        if (checked === null) return { ...base, ...unread, provenance: { replies } };
        const {
          verdict,
          said,
          reason,
          evidence: span,
        } = checked.find(({ claim }) => claim === claims[index])!;
        const provenance = {
          replies,
          verdict,
          ...(said !== undefined && { said }),
          ...(span && { evidence: span }),
        };
        if (verdict !== 'supported' && verdict !== 'refuted')
          return { ...base, outcome: 'abstain', reason, provenance };
        return {
          ...base,
          outcome: 'verdict',
          score: verdict === 'supported' ? 1 : 0,
          scale: [0, 1],
          reason,
          provenance,
        };
      });
    },
  };
}

/** The outcome recorded in a vote of the rater. */
export function outcomeOf({ outcome, reason, provenance }: Vote): ClaimOutcome {
  if (provenance?.verdict === undefined)
    return { unread: outcome === 'error' ? 'error' : 'abstain', reason: reason ?? '' };
  return provenance as unknown as Pick<CheckedClaim, 'verdict' | 'said'>;
}

function asClaim({ text }: Item['candidates'][number]): Claim {
  return { text: text!, start: 0, end: text!.length };
}
