import type { ProviderErrorKind } from '../domain/provider-error.ts';

/** What is known of a failed call. `text` holds the server's message with its codes and types. */
export interface Failure {
  readonly status?: number | undefined;
  readonly text: string;
  /** System error code, for example ECONNREFUSED. */
  readonly code?: string | undefined;
  readonly name?: string | undefined;
}

const aDay = /per[-_ ]?day|daily|\b[RT]PD\b/i;
const aMinute = /per[-_ ]?min|\b[RT]PM\b/i;
const money =
  /insufficient[_ ](quota|balance|credit|funds)|plan and billing|credit balance|exceeded your current quota|payment required|spend(ing)? limit/i;
const contextLength =
  /context[_ ]length|context[_ ]window|maximum context|prompt is too long|too many (input )?tokens|request_too_large|reduce the length|exceed\w* (the )?(model'?s )?(max\w* )?(context|input)|larger than the (maximum )?context/i;
const filtered =
  /content[_ ]?(filter|policy|management)|ResponsibleAI|safety (system|filter)|flagged|moderation|usage polic/i;
const brokenNames = new Set(['CutOffReply', 'SyntaxError']);

/** The kind of error that a failure is, by its status, the server's words, and the transport's code. */
export function kindOfFailure({ status, text, code, name }: Failure): ProviderErrorKind {
  if (status === undefined) return kindOfTransportFailure(text, code, name);
  if (filtered.test(text) && status < 500 && status !== 401 && status !== 429) return 'content_filter';
  switch (status) {
    case 401:
      return 'auth';
    case 402:
      return 'quota';
    case 403:
      return money.test(text) ? 'quota' : 'auth';
    case 408:
    case 504:
      return 'timeout';
    case 413:
      return 'context_too_long';
    case 429:
      return isUsedUp(text) ? 'quota' : 'rate';
  }
  if (status >= 500) return 'overloaded';
  if (contextLength.test(text)) return 'context_too_long';
  if (money.test(text)) return 'quota';
  if (status < 400) return 'bad_reply';
  return 'bad_request';
}

/** A limit a day or an empty account will not go better in a minute; some servers use the same words for both. */
function isUsedUp(text: string): boolean {
  return aDay.test(text) || (money.test(text) && !aMinute.test(text));
}

function kindOfTransportFailure(text: string, code?: string, name?: string): ProviderErrorKind {
  if (name !== undefined && brokenNames.has(name)) return 'bad_reply';
  if (name === 'AbortError' || code === 'ETIMEDOUT' || /timed? ?out/i.test(text)) return 'timeout';
  return 'network';
}
