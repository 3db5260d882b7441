import type { JudgeSpec } from '../../domain/job.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import type { ChatCapabilities, ChatRequest } from '../../ports/chat-model.ts';
import type { RecordedReply, TaskContext } from '../../ports/rater.ts';
import type { Passage, Retriever } from '../../ports/retriever.ts';
import { askQuestion, type Unread } from '../llm/ask-question.ts';
import { findObjects } from '../llm/verdict/json-objects.ts';
import { ownAnswer } from '../llm/verdict/own-answer.ts';
import { visibleText } from '../llm/verdict/own-words.ts';
import { refuses } from '../llm/verdict/parse-verdict.ts';
import type { UnparsedReason } from '../llm/verdict/parsed-verdict.ts';
import { repairJson } from '../llm/verdict/repair-json.ts';
import { settle } from '../llm/verdict/settle.ts';
import type { Statement, StatementKind } from '../llm/verdict/statement.ts';
import { type CheckedClaim, type Claim, distinctClaims } from './claim.ts';
import { claimBatches, readJudgements, verifyRequest } from './claim-prompts.ts';
import { cutSentences, type SentencePlace } from './cut-sentences.ts';
import type { CheckedResponse } from './fact-votes.ts';
import { saysItDoesNotKnow } from './split-claims.ts';
import { readClaims, splitRequest } from './split-prompt.ts';

/** The dependencies of verification with a judge. */
export interface VerifyingTools {
  readonly judge: { readonly spec: JudgeSpec; readonly capabilities: ChatCapabilities };
  readonly context: Pick<TaskContext, 'ask'>;
  readonly find: (claim: string) => Promise<readonly Passage[]>;
}

/** The dependencies of splitting and verification with a judge. */
export interface ModelTools extends VerifyingTools {
  /** The splitter without a model, used when the judge finds no claims. */
  readonly plainClaims: () => Promise<readonly Claim[]>;
  readonly most: number;
}

/** Asks for a JSON object with a list under a key. @throws UnreadReply if the reply is unreadable */
type AskForList = (request: ChatRequest, key: string) => Promise<readonly unknown[]>;

/** Totals of the calls. Cost and tokens are null as soon as one of them is unknown. */
export interface Usage {
  readonly replies: readonly string[];
  readonly cost_usd: number | null;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly latency_ms: number;
}

/** The result of the judge's replies, or why one of them was unreadable. */
export type Asked<T> =
  | { readonly checked: T; readonly unread: null; readonly usage: Usage }
  | { readonly checked: null; readonly unread: Unread; readonly usage: Usage };

/**
 * Splits and verifies with a judge. If the judge finds no claims, the splitter without a model is used. Claims beyond
 * the maximum are counted and skipped.
 */
export function checkWithModel(text: string, tools: ModelTools): Promise<Asked<CheckedResponse>> {
  return asking(tools, async (ask) => {
    const sentences = cutSentences(text);
    const abstains = sentences.some((sentence) => saysItDoesNotKnow(sentence.text));
    const written = sentences.length === 0 ? [] : await split(sentences, ask);
    const claims = distinctClaims(written.length > 0 ? written : await tools.plainClaims());
    const kept = claims.slice(0, tools.most);
    const checked = await verify(kept, ask, tools);
    return { claims: checked, abstains, dropped: claims.length - kept.length };
  });
}

/** Verifies given claims with a judge. */
export function verifyWithModel(
  claims: readonly Claim[],
  tools: VerifyingTools,
): Promise<Asked<readonly CheckedClaim[]>> {
  return asking(tools, (ask) => verify(claims, ask, tools));
}

async function asking<T>(tools: VerifyingTools, check: (ask: AskForList) => Promise<T>): Promise<Asked<T>> {
  const replies: RecordedReply[] = [];
  const ask: AskForList = async (request, key) => {
    const { recorded, unread } = await askQuestion(tools.context.ask, withSettings(request, tools));
    if (recorded !== null) replies.push(recorded);
    if (unread !== null) throw new UnreadReply(unread);
    return listOf(recorded.reply.text, key);
  };
  try {
    return { checked: await check(ask), unread: null, usage: usageOf(replies) };
  } catch (error) {
    if (!(error instanceof UnreadReply)) throw error;
    return { checked: null, unread: error.unread, usage: usageOf(replies) };
  }
}

/** @throws UnreadReply if the reply has entries and none is a valid claim */
async function split(sentences: readonly SentencePlace[], ask: AskForList): Promise<readonly Claim[]> {
  const list = await ask(splitRequest(sentences), 'claims');
  const claims = readClaims(list, sentences);
  if (claims.length === 0 && list.length > 0) {
    throw new UnreadReply({ outcome: 'abstain', reason: 'unreadable' });
  }
  return claims;
}

async function verify(
  claims: readonly Claim[],
  ask: AskForList,
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
    judged.push(...readJudgements(await ask(verifyRequest(batch), 'judgements'), batch));
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

type List = readonly unknown[] | UnparsedReason;

const lists: StatementKind<List> = {
  form: 'object',
  same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  unread: (reason) => reason,
};

/** The list under `key` in the JSON object of a reply; objects that differ are settled as verdicts are. */
function listOf(whole: string, key: string): readonly unknown[] {
  const text = ownAnswer(visibleText(whole));
  if (text === null) throw new UnreadReply({ outcome: 'abstain', reason: 'truncated' });
  const found = findObjects(text).spans.flatMap(({ start, end }): Statement<List>[] => {
    const list = (objectOf(text.slice(start, end)) as Readonly<Record<string, unknown>> | null)?.[key];
    return Array.isArray(list) ? [{ start, end, reading: list as readonly unknown[] }] : [];
  });
  if (found.length === 0) {
    throw new UnreadReply({ outcome: 'abstain', reason: refuses(text) ? 'refused' : 'unreadable' });
  }
  const list = settle(text, found, lists);
  if (typeof list === 'string') throw new UnreadReply({ outcome: 'abstain', reason: list });
  return list;
}

function objectOf(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return repairJson(source)?.value ?? null;
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

/** An unreadable reply; ends the check of one response. */
export class UnreadReply extends Error {
  override readonly name = 'UnreadReply';
  readonly unread: Unread;

  constructor(unread: Unread) {
    super(unread.reason);
    this.unread = unread;
  }
}

/**
 * A search that turns failures of the embeddings endpoint into an UnreadReply, which ends the check of one response.
 * @throws ProviderError of kind `auth` or `quota`, which stops the run
 */
export function searching(
  retriever: Retriever,
  limit: number,
): (claim: string) => Promise<readonly Passage[]> {
  return async (claim) => {
    try {
      return await retriever.search(claim, limit);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind === 'auth' || error.kind === 'quota') throw error;
      throw new UnreadReply({ outcome: 'error', reason: `embeddings: ${error.kind}` });
    }
  };
}
