import { fixedJson, hashText } from '../../files/content-hash.ts';
import type { StoredReply } from '../../ports/reply-cache.ts';

type Request = StoredReply['request'];
type Schema = NonNullable<Request['schema']>;
type Message = Request['messages'][number];
/** A reference to a shared text by its hash. */
type Named<T> = T | (Omit<T, 'content' | 'json'> & { readonly text: string });

const shortest = 256;
const mostRemembered = 1000;

/** Prompt prefixes and reply schemas that many requests share, stored once and referenced by hash. */
export class SharedTexts {
  readonly #hashes = new Map<string, string>();

  /** @param keep is called for a text that may not be in the store yet. */
  pack(request: Request, keep: (hash: string, content: string) => void): string {
    const { schema, stableMessages = 0 } = request;
    const messages = request.messages.map((message, index): Named<Message> => {
      if (index >= stableMessages || message.content.length < shortest) return message;
      return { role: message.role, text: this.#hashOf(message.content, keep) };
    });
    if (schema === undefined) return JSON.stringify({ ...request, messages });
    const named: Named<Schema> = { name: schema.name, text: this.#hashOf(fixedJson(schema.json), keep) };
    return JSON.stringify({ ...request, messages, schema: named });
  }

  unpack(packed: string, find: (hash: string) => string): Request {
    const { schema, ...request } = JSON.parse(packed) as Omit<Request, 'messages' | 'schema'> & {
      readonly messages: readonly Named<Message>[];
      readonly schema?: Named<Schema>;
    };
    const messages = request.messages.map((message) =>
      'text' in message ? { role: message.role, content: find(message.text) } : message,
    );
    if (schema === undefined) return { ...request, messages };
    const json = 'text' in schema ? (JSON.parse(find(schema.text)) as Schema['json']) : schema.json;
    return { ...request, messages, schema: { name: schema.name, json } };
  }

  #hashOf(content: string, keep: (hash: string, content: string) => void): string {
    let hash = this.#hashes.get(content);
    if (hash === undefined) {
      if (this.#hashes.size >= mostRemembered) this.#hashes.clear();
      hash = hashText(content);
      this.#hashes.set(content, hash);
      keep(hash, content);
    }
    return hash;
  }
}
