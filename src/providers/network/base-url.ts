import { ConfigError } from '../../domain/errors.ts';

/** Ends of endpoints that are written where the address of the API is meant. */
const endpoints = /\/(chat\/completions|completions|responses|models|embeddings)\/*$/;

/**
 * The address of an API in the shape of OpenAI's, without a slash at its end; a full endpoint is cut to its base, and
 * Ollama's own endpoints become its compatible one. A query (`?api-version=…`) is taken apart.
 * @throws ConfigError where it is no http or https address.
 */
export function completionsBase(
  written: string | undefined,
  model: string,
): { readonly baseUrl: string; readonly query: Readonly<Record<string, string>> } {
  if (written === undefined || !/^https?:/i.test(written) || !URL.canParse(written)) {
    throw new ConfigError(`the model ${model} needs a base_url, received ${written ?? 'nothing'}`, [], {
      hint: 'for example http://127.0.0.1:11434/v1 for Ollama, http://127.0.0.1:8080/v1 for llama.cpp',
    });
  }
  const url = new URL(written);
  const query = Object.fromEntries(url.searchParams);
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/api\/(chat|generate|tags)\/*$/, '/v1').replace(endpoints, '');
  return { baseUrl: url.href.replace(/\/+$/, ''), query };
}

/** The address of an API in the shape of Anthropic's, which its client extends by `/v1/messages`. */
export function messagesBase(written: string): string {
  return written
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\/v1(\/messages)?$/, '');
}
