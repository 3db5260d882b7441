import type { RaterKind, Vote } from '../../domain/vote.ts';
import { hashText } from '../../files/content-hash.ts';
import { messageHashes } from '../../files/message-hashes.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { RecordedReply } from '../../ports/rater.ts';

/** The rater of a vote. */
export interface Voter {
  readonly id: string;
  readonly kind: RaterKind;
  readonly model: string | null;
  /** Hash of the rubric or constitution. */
  readonly rubricHash: string;
  readonly parser: string;
  /** Settings of its model beyond those of a request, as the job writes them. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

type Shared = Pick<
  Vote,
  'item' | 'rater' | 'rater_kind' | 'model' | 'cost_usd' | 'input_tokens' | 'output_tokens' | 'latency_ms'
> & { readonly provenance: NonNullable<Vote['provenance']> };

/** The common fields of votes from a model's reply: rater, cost and provenance. */
export function voteBase(
  voter: Voter,
  item: string,
  request: ChatRequest,
  recorded: RecordedReply | null,
  more: NonNullable<Vote['provenance']> = {},
): Shared {
  const { maxTokens, temperature, seed, sample, thinkingTokens, schema } = request;
  const usage = recorded?.reply.usage ?? null;
  const adapted = recorded?.reply.adapted ?? [];
  return {
    item,
    rater: voter.id,
    rater_kind: voter.kind,
    model: voter.model,
    cost_usd: recorded?.costUsd ?? null,
    input_tokens: usage?.input ?? null,
    output_tokens: usage?.output ?? null,
    ...(recorded === null ? {} : { latency_ms: recorded.latencyMs }),
    provenance: {
      replies: recorded === null ? [] : [recorded.key],
      prompt_hash: hashText(messageHashes(request)),
      rubric_hash: voter.rubricHash,
      ...(voter.model === null ? {} : { model_asked: voter.model }),
      model_answered: recorded?.reply.modelAnswered ?? null,
      params: {
        ...voter.settings,
        max_tokens: maxTokens,
        ...(temperature === undefined ? {} : { temperature }),
        ...(seed === undefined ? {} : { seed }),
        ...(sample === undefined ? {} : { sample }),
        ...(thinkingTokens === undefined ? {} : { thinking_tokens: thinkingTokens }),
        structured: schema !== undefined && !adapted.includes('schema'),
        ...(adapted.length === 0 ? {} : { adapted }),
      },
      parser: voter.parser,
      ...more,
    },
  };
}
