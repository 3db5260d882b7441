import type { FactsSpec } from '../../domain/facts.ts';
import type { Item } from '../../domain/item.ts';
import { chunkCharacters } from '../../files/chunk-text.ts';
import type { RaterTask } from '../../ports/rater.ts';
import { claimsPerQuestion, evidenceCharacters } from './claim-prompts.ts';

/** Estimated calls and tokens of one task. */
export type FactCalls = Pick<RaterTask, 'calls' | 'inputTokens' | 'outputTokens'>;

/** The calls of the checker without a model. */
export const noCalls: FactCalls = { calls: 0, inputTokens: 0, outputTokens: 0 };

/** Assumed maximum number of claims per sentence. */
const claimsPerSentence = 2;
const charactersPerToken = 4;

/**
 * Upper bound of the calls that check one response with a judge: one splits it, the others verify batches of claims.
 * The bound holds for at most two claims per sentence; fewer claims or shared passages need fewer calls.
 */
export function expectedCalls(text: string, item: Item, spec: FactsSpec): FactCalls {
  const sentences = 1 + (text.match(/[.!?](?=\s+\S)|\n+(?=\s*\S)/g)?.length ?? 0);
  const claims = Math.min(spec.claims, claimsPerSentence * sentences);
  const found = claims * spec.passages * chunkCharacters;
  const evidence = spec.corpus === undefined ? Math.min(found, ownCharacters(item)) : found;
  const questions = Math.ceil(claims / claimsPerQuestion) + Math.floor(evidence / evidenceCharacters);
  return {
    calls: 1 + questions,
    inputTokens: Math.ceil((2 * text.length + 1800 + 1400 * questions + evidence) / charactersPerToken),
    outputTokens: Math.ceil(text.length / 2) + 40 * claims,
  };
}

function ownCharacters({ reference, context }: Item): number {
  return (reference?.length ?? 0) + (context ?? []).reduce((sum, { length }) => sum + length, 0);
}
