import { jsonrepair } from 'jsonrepair';
import type { JudgeSpec } from '../../domain/job.ts';
import type { ChatCapabilities, ChatRequest } from '../../ports/chat-model.ts';
import type { LookContext, RecordedReply } from '../../ports/rater.ts';
import type { Passage } from '../../ports/retriever.ts';
import { askQuestion, type Unread } from '../ask-question.ts';
import { findObjects } from '../verdict/json-objects.ts';
import { type CheckedClaim, type Claim, distinctClaims } from './claim.ts';
import { claimBatches, readJudgements, verifyRequest } from './claim-prompts.ts';
import { cutSentences } from './cut-sentences.ts';
import type { CheckedResponse } from './fact-votes.ts';
import { saysItDoesNotKnow } from './split-claims.ts';
import { readClaims, splitRequest } from './split-prompt.ts';

/** What a judge needs to verify claims. */
export interface VerifyingTools {
  readonly judge: { readonly spec: JudgeSpec; readonly capabilities: ChatCapabilities };
  readonly context: Pick<LookContext, 'ask'>;
  readonly find: (claim: string) => Promise<readonly Passage[]>;
}

export interface ModelTools extends VerifyingTools {
  /** The splitter without a model, for when the judge finds nothing. */
  readonly plainClaims: () => Promise<readonly Claim[]>;
  readonly most: number;
}

/** What the calls came to. Money and tokens are null as soon as one of them is not known. */
export interface Usage {
  readonly replies: readonly string[];
  readonly cost_usd: number | null;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly latency_ms: number;
}

/** What was made of the judge's replies, or why one of them could not be read. */
export type Asked<T> =
  | { readonly checked: T; readonly unread: null; readonly usage: Usage }
  | { readonly checked: null; readonly unread: Unread; readonly usage: Usage };

/**
 * Splits and verifies with a judge. A splitter that finds nothing in sentences that do state something is answered
 * with the splitter without a model; what it writes beyond the most that is checked is counted and left.
 */
export function checkWithModel(text: string, tools: ModelTools): Promise<Asked<CheckedResponse>> {
  return asking(tools, async (ask) => {
    const sentences = cutSentences(text);
    const abstains = sentences.some((sentence) => saysItDoesNotKnow(sentence.text));
    const written = sentences.length === 0 ? [] : readClaims(await ask(splitRequest(sentences)), sentences);
    const claims = distinctClaims(written.length > 0 ? written : await tools.plainClaims());
    const kept = claims.slice(0, tools.most);
    const checked = await verify(kept, ask, tools);
    return { claims: checked, abstains, dropped: claims.length - kept.length };
  });
}

/** Verifies claims that are there already. */
export function verifyWithModel(
  claims: readonly Claim[],
  tools: VerifyingTools,
): Promise<Asked<readonly CheckedClaim[]>> {
  return asking(tools, (ask) => verify(claims, ask, tools));
}

async function asking<T>(
  tools: VerifyingTools,
  check: (ask: (request: ChatRequest) => Promise<unknown>) => Promise<T>,
): Promise<Asked<T>> {
  const replies: RecordedReply[] = [];
  const ask = async (request: ChatRequest): Promise<unknown> => {
    const { recorded, unread } = await askQuestion(tools.context.ask, withSettings(request, tools));
    if (recorded !== null) replies.push(recorded);
    if (unread !== null) throw new UnreadReply(unread);
    return jsonOf(recorded.reply.text);
  };
  try {
    return { checked: await check(ask), unread: null, usage: usageOf(replies) };
  } catch (error) {
    if (!(error instanceof UnreadReply)) throw error;
    return { checked: null, unread: error.unread, usage: usageOf(replies) };
  }
}

async function verify(
  claims: readonly Claim[],
  ask: (request: ChatRequest) => Promise<unknown>,
  { find }: VerifyingTools,
): Promise<readonly CheckedClaim[]> {
  const found = [];
  for (const claim of claims) found.push({ claim, passages: await find(claim.text) });
  const nothing = found.filter(({ passages }) => passages.length === 0);
  const judged: CheckedClaim[] = nothing.map(({ claim }) => ({
    claim,
    verdict: 'unverifiable',
    reason: 'no evidence',
  }));
  for (const batch of claimBatches(found.filter(({ passages }) => passages.length > 0))) {
    judged.push(...readJudgements(await ask(verifyRequest(batch)), batch));
  }
  return judged;
}

function withSettings(request: ChatRequest, { judge: { spec, capabilities } }: VerifyingTools): ChatRequest {
  const { schema, ...rest } = request;
  return {
    ...rest,
    temperature: spec.temperature ?? 0,
    ...(spec.thinkingTokens === undefined ? {} : { thinkingTokens: spec.thinkingTokens }),
    ...(schema !== undefined && capabilities.structured && spec.structured === 'auto' ? { schema } : {}),
  };
}

/** A reply that gives no answer; ends the checking of one response. */
class UnreadReply extends Error {
  override readonly name = 'UnreadReply';
  readonly unread: Unread;

  constructor(unread: Unread) {
    super(unread.reason);
    this.unread = unread;
  }
}

/** The last whole JSON object of a reply. */
function jsonOf(text: string): unknown {
  const { spans } = findObjects(text);
  const last = spans.at(-1);
  if (last === undefined) throw new UnreadReply({ outcome: 'abstain', reason: 'unreadable' });
  const source = text.slice(last.start, last.end);
  try {
    return JSON.parse(source);
  } catch {
    return repaired(source);
  }
}

function repaired(source: string): unknown {
  try {
    return JSON.parse(jsonrepair(source));
  } catch {
    throw new UnreadReply({ outcome: 'abstain', reason: 'unreadable' });
  }
}

function usageOf(replies: readonly RecordedReply[]): Usage {
  const sum = (value: (reply: RecordedReply) => number | null | undefined) =>
    replies.reduce<number | null>((total, reply) => {
      const one = value(reply);
      return total === null || one == null ? null : total + one;
    }, 0);
  return {
    replies: replies.map(({ key }) => key),
    cost_usd: sum(({ costUsd }) => costUsd),
    input_tokens: sum(({ reply }) => reply.usage?.input),
    output_tokens: sum(({ reply }) => reply.usage?.output),
    latency_ms: replies.reduce((total, { latencyMs }) => total + latencyMs, 0),
  };
}
