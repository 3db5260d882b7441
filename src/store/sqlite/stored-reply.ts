import { type ChatReply, finishes } from '../../ports/chat-model.ts';

/**
 * A reply as the store holds it. One that is none (another version or a custom provider wrote it, or the file was
 * changed) becomes an empty reply with its text elsewhere: an abstention with a reason, not the end of a run.
 */
export function readStoredReply(json: string): ChatReply {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return unreadable(json);
  }
  if (!isReply(value)) return unreadable(json);
  return isPlain(value) ? value : withSoundParts(value);
}

function unreadable(text: string): ChatReply {
  return {
    text: '',
    finish: 'other',
    modelAnswered: null,
    usage: null,
    elsewhere: [{ place: 'stored reply', text }],
  };
}

function isReply(value: unknown): value is ChatReply {
  if (typeof value !== 'object' || value === null) return false;
  const { text, finish } = value as Partial<ChatReply>;
  return typeof text === 'string' && finishes.some((known) => known === finish);
}

/** Without the parts that may be wrong in themselves, as most replies are. */
function isPlain({
  modelAnswered,
  usage,
  logprobs,
  elsewhere,
  place,
  finishGiven,
  adapted,
}: ChatReply): boolean {
  const isModel = modelAnswered === null || typeof modelAnswered === 'string';
  const noMore = [logprobs, elsewhere, place, finishGiven, adapted].every((part) => part === undefined);
  return isModel && noMore && isUsage(usage);
}

function isUsage(usage: ChatReply['usage']): boolean {
  return (
    usage === null ||
    (typeof usage === 'object' &&
      [usage.input, usage.output, usage.cachedInput ?? 0, usage.cacheWrite ?? 0].every(Number.isFinite))
  );
}

/** The reply without parts that are not what they should be. */
function withSoundParts(reply: ChatReply): ChatReply {
  const { text, finish, modelAnswered, usage, logprobs, elsewhere, place, finishGiven, adapted, requestId } =
    reply;
  return {
    text,
    finish,
    modelAnswered: typeof modelAnswered === 'string' ? modelAnswered : null,
    usage: usage !== undefined && isUsage(usage) ? usage : null,
    ...(Array.isArray(logprobs) && logprobs.every(isToken) ? { logprobs } : {}),
    ...(Array.isArray(elsewhere) && elsewhere.every(isPlaced) ? { elsewhere } : {}),
    ...(typeof place === 'string' ? { place } : {}),
    ...(typeof finishGiven === 'string' ? { finishGiven } : {}),
    ...(Array.isArray(adapted) ? { adapted: adapted.filter((one) => typeof one === 'string') } : {}),
    ...(typeof requestId === 'string' ? { requestId } : {}),
  };
}

type Token = NonNullable<ChatReply['logprobs']>[number];

function isToken(token: unknown): token is Token {
  return isNumbered(token) && Array.isArray((token as Token).top) && (token as Token).top.every(isNumbered);
}

/** A logarithm of null was -Infinity before it was written; that token has no known probability. */
function isNumbered(token: unknown): boolean {
  const { token: name, logprob } = Object(token) as Partial<Token>;
  return typeof name === 'string' && typeof logprob === 'number' && logprob <= 0;
}

function isPlaced(given: unknown): boolean {
  const { place, text } = Object(given) as { readonly place?: unknown; readonly text?: unknown };
  return typeof place === 'string' && typeof text === 'string';
}
