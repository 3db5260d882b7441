import { hashText } from '../../files/content-hash.ts';
import type { StoredReply } from '../../ports/reply-cache.ts';

type Message = StoredReply['request']['messages'][number];
type StoredMessage = Message | { readonly role: Message['role']; readonly text: string };

const shortest = 256;
const mostRemembered = 1000;

/** Texts that begin many questions, kept once: a request then names them by their hash. */
export class SharedTexts {
  readonly #hashes = new Map<string, string>();

  /** @param keep is called for a text that may not be in the store yet. */
  pack(request: StoredReply['request'], keep: (hash: string, content: string) => void): string {
    const stable = request.stableMessages ?? 0;
    const messages = request.messages.map((message, index): StoredMessage => {
      if (index >= stable || message.content.length < shortest) return message;
      return { role: message.role, text: this.#hashOf(message.content, keep) };
    });
    return JSON.stringify({ ...request, messages });
  }

  unpack(packed: string, find: (hash: string) => string): StoredReply['request'] {
    const request = JSON.parse(packed) as Omit<StoredReply['request'], 'messages'> & {
      readonly messages: readonly StoredMessage[];
    };
    const messages = request.messages.map((message) =>
      'text' in message ? { role: message.role, content: find(message.text) } : message,
    );
    return { ...request, messages };
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
