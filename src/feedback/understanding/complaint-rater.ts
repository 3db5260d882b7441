import type { EventReading, FailureCategory } from '../../domain/failure-category.ts';
import type { Item } from '../../domain/item.ts';
import type { JudgeSpec } from '../../domain/job.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { PointwiseVote, Vote } from '../../domain/vote.ts';
import { hashText, hashValue } from '../../files/content-hash.ts';
import type { ChatCapabilities } from '../../ports/chat-model.ts';
import type { Rater } from '../../ports/rater.ts';
import { complaintQuestion, readingOf } from './judge-reading.ts';

const version = 1;
const questionTokens = 350;
const answerTokens = 40;

/** A comment as an item of a run; equal comments are one item. */
export function commentItem(comment: string): Item {
  return { id: hashText(comment).slice(0, 32), prompt: comment, candidates: [] };
}

/** A judge that classifies comments, as a rater: the engine applies the budget and stores its replies. One vote per comment,
 * with the classification in its provenance; an unparsable reply is an abstention.
 */
export function complaintRater(spec: JudgeSpec, capabilities: ChatCapabilities): Rater {
  const { id, provider, baseUrl = null, model, family } = spec;
  const held = spec.structured === 'auto' && capabilities.structured;
  return {
    id,
    kind: 'llm',
    model,
    family,
    fingerprint: hashValue([version, provider, baseUrl, model, held]),
    tasks: ({ prompt }) => [
      {
        id: 'complaint',
        candidates: [],
        sample: 0,
        calls: 1,
        inputTokens: questionTokens + Math.ceil((prompt?.length ?? 0) / 4),
        outputTokens: answerTokens,
      },
    ],
    async perform(_task, item, { ask, signal }) {
      // a comment cannot contain a part of its own hash, and equal comments give equal prompts
      const { schema, ...question } = complaintQuestion(String(item.prompt), hashValue([version, item.id]));
      const base = {
        item: item.id,
        rater: id,
        rater_kind: 'llm' as const,
        model,
        kind: 'pointwise' as const,
        candidate: 'comment',
        criterion: 'complaint',
      };
      try {
        const { key, reply } = await ask(held ? { ...question, schema: schema! } : question);
        const reading = readingOf(reply);
        const provenance = { replies: [key], model_answered: reply.modelAnswered };
        if (reading === null) {
          const reason = reply.finish === 'stop' ? 'unreadable' : reply.finish;
          return [{ ...base, outcome: 'abstain', reason, provenance }];
        }
        const { category, confidence, request } = reading;
        const vote: PointwiseVote = {
          ...base,
          outcome: 'verdict',
          score: confidence,
          scale: [0, 1],
          provenance: { ...provenance, category, request },
        };
        return [vote];
      } catch (error) {
        if (!(error instanceof ProviderError) || signal.aborted) throw error;
        return [{ ...base, outcome: 'error', reason: error.kind }];
      }
    },
  };
}

/** The classification in a vote of the rater; null if the reply could not be parsed. */
export function readingOfVote(vote: Vote): EventReading | null {
  if (vote.kind !== 'pointwise' || vote.outcome !== 'verdict') return null;
  const { category, request } = vote.provenance as { category: FailureCategory; request: boolean };
  return { category, confidence: vote.score!, request, from: 'judge' };
}
