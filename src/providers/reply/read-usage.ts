import type { TokenUsage } from '../../ports/chat-model.ts';
import { isObject, type JsonObject } from './json-shape.ts';

const inputNames = [
  'prompt_tokens',
  'input_tokens',
  'promptTokens',
  'inputTokens',
  'promptTokenCount',
  'inputTokenCount',
  'prompt_token_count',
  'prompt_eval_count',
  'prompt_n',
];
const outputNames = [
  'completion_tokens',
  'output_tokens',
  'completionTokens',
  'outputTokens',
  'candidatesTokenCount',
  'outputTokenCount',
  'generated_tokens',
  'completion_token_count',
  'eval_count',
  'predicted_n',
];
const totalNames = ['total_tokens', 'totalTokens', 'totalTokenCount'];
/** Cached tokens that `input` already counts. */
const cachedNames = ['prompt_cache_hit_tokens', 'cachedContentTokenCount', 'cached_tokens'];
/** No prompt is longer; a larger count would use up a budget. */
const mostTokens = 1e9;

/**
 * The token counts of a reply under any of the names that servers give them. Null where they are missing or impossible:
 * an unknown count is never 0.
 */
export function readUsage(body: JsonObject): TokenUsage | null {
  for (const place of placesOf(body)) {
    const usage = isObject(place) ? usageOf(place) : null;
    if (usage !== null) return usage;
  }
  return null;
}

function placesOf(body: JsonObject): readonly unknown[] {
  const { usage, usageMetadata, usage_metadata: metadata, meta, x_groq: groq, timings, details } = body;
  const inMeta = isObject(meta) ? [meta.tokens, meta.billed_units] : [];
  const inUsage = isObject(usage) ? [usage.tokens] : [];
  const inGroq = isObject(groq) ? [groq.usage] : [];
  return [usage, usageMetadata, metadata, ...inUsage, ...inMeta, ...inGroq, timings, body, details];
}

function usageOf(usage: JsonObject): TokenUsage | null {
  const total = count(usage, totalNames);
  const given = { input: count(usage, inputNames), output: count(usage, outputNames) };
  const input = given.input ?? rest(total, given.output);
  const answer = given.output ?? rest(total, given.input);
  if (input === undefined || answer === undefined) return null;
  // Gemini counts thinking beside the answer
  const output = answer + (count(usage, ['thoughtsTokenCount']) ?? 0);
  return { ...cached(usage, input), output };
}

/** Anthropic counts cached tokens beside the others; the port counts them in. */
function cached(usage: JsonObject, input: number): Omit<TokenUsage, 'output'> {
  const read = count(usage, ['cache_read_input_tokens', 'cacheReadInputTokens']) ?? 0;
  const cacheWrite = count(usage, ['cache_creation_input_tokens', 'cacheWriteInputTokens']) ?? 0;
  if (read > 0 || cacheWrite > 0) {
    return {
      input: input + read + cacheWrite,
      ...(read === 0 ? {} : { cachedInput: read }),
      ...(cacheWrite === 0 ? {} : { cacheWrite }),
    };
  }
  const { prompt_tokens_details: prompt, input_tokens_details: other } = usage;
  const found = [prompt, other, usage].flatMap((place) =>
    isObject(place) ? (count(place, cachedNames) ?? []) : [],
  );
  const cachedInput = found.find((tokens) => tokens > 0 && tokens <= input);
  return cachedInput === undefined ? { input } : { input, cachedInput };
}

function rest(total: number | undefined, part: number | undefined): number | undefined {
  return total === undefined || part === undefined || part > total ? undefined : total - part;
}

function count(from: JsonObject, names: readonly string[]): number | undefined {
  for (const name of names) {
    const given = from[name];
    if (given === undefined || given === null || given === '') continue;
    const tokens = typeof given === 'string' ? Number(given) : given;
    if (typeof tokens === 'number' && tokens >= 0 && tokens <= mostTokens) return Math.round(tokens);
  }
  return undefined;
}
