import type { TokenLogprob } from '../../ports/chat-model.ts';
import { isObject, type JsonObject } from './json-shape.ts';

/** The log-probability of a token that cannot come: exp of it is 0, and JSON can hold it. */
export const impossible = -9999;
/** Rounding of servers; a larger number is none of a logarithm of a probability. */
const mostAbove0 = 0.01;

type Alternative = TokenLogprob['top'][number];

/**
 * Token log-probabilities in the shape of chat completions (`content`), of Ollama (a plain list) or of text completions
 * (`tokens`, `token_logprobs`). Undefined where there are none.
 */
export function readLogprobs(given: unknown): readonly TokenLogprob[] | undefined {
  const list = Array.isArray(given) ? given : isObject(given) ? (given.content ?? columns(given)) : undefined;
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const tokens = list.filter(isObject).map(readToken);
  return tokens.length === 0 ? undefined : tokens;
}

/** Text completions give a column for each part. */
function columns({ tokens, token_logprobs: chosen, top_logprobs: top }: JsonObject): unknown {
  if (!Array.isArray(tokens) || !Array.isArray(chosen)) return undefined;
  return tokens.map((token, index) => ({
    token,
    logprob: chosen[index],
    top_logprobs: Array.isArray(top) ? top[index] : [],
  }));
}

function readToken({ token: given, logprob, top_logprobs: others }: JsonObject): TokenLogprob {
  const token = typeof given === 'string' ? given : '';
  const listed = alternatives(others);
  const chosen = numberOf(logprob) ?? listed?.find((other) => other.token === token)?.logprob;
  // Where one number is unreadable the shares of the others would be made up.
  if (listed === null || chosen === undefined || chosen === impossible) {
    return { token, logprob: impossible, top: [] };
  }
  const top = listed.filter((other) => other.token !== token || other.logprob !== impossible);
  return { token, logprob: chosen, top };
}

/** Null where one of them is neither a number nor impossible. */
function alternatives(given: unknown): readonly Alternative[] | null {
  const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(given)
    ? given.map((each) => (isObject(each) ? [each.token, each.logprob] : [null, '']))
    : isObject(given)
      ? Object.entries(given)
      : [];
  const read: Alternative[] = [];
  for (const [token, logprob] of entries) {
    // null stands for -Infinity where JSON has no word for it
    const number = logprob === null ? impossible : numberOf(logprob);
    if (typeof token !== 'string' || number === undefined) return null;
    read.push({ token, logprob: number });
  }
  return read;
}

function numberOf(given: unknown): number | undefined {
  if (typeof given !== 'number' && typeof given !== 'string') return undefined;
  if (given === '') return undefined;
  const number = Number(
    typeof given === 'string' ? given.trim().replace(/^-inf(inity)?$/i, '-Infinity') : given,
  );
  if (!(number <= mostAbove0)) return undefined;
  return Math.min(0, Math.max(impossible, number));
}
