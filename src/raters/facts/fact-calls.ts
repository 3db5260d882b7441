import type { FactsSpec } from '../../domain/facts.ts';
import type { Item } from '../../domain/item.ts';
import { chunkCharacters } from '../../files/chunk-text.ts';
import type { RaterTask } from '../../ports/rater.ts';
import { claimsPerQuestion, evidenceCharacters } from './claim-prompts.ts';

export type FactCalls = Pick<RaterTask, 'calls' | 'inputTokens' | 'outputTokens'>;

export const noCalls: FactCalls = { calls: 0, inputTokens: 0, outputTokens: 0 };

/** A splitter that writes more than this for one sentence writes more than the sentence says. */
const claimsPerSentence = 2;
const charactersPerToken = 4;

/**
 * The calls that check one response with a judge: one splits it, the others verify as many claims as fit. No more are
 * made while the splitter writes at most two claims for a sentence; fewer where it writes fewer or passages recur.
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
