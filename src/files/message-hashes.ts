import type { ChatMessage } from '../domain/message.ts';
import { hashText } from './content-hash.ts';

interface Conversation {
  readonly messages: readonly ChatMessage[];
  /** How many leading messages are shared by many conversations. */
  readonly stableMessages?: number;
}

const known = new WeakMap<Conversation['messages'], string>();

/** The role of each message and the hash of its text, as JSON; cached per conversation. */
export function messageHashes({ messages, stableMessages = 0 }: Conversation): string {
  let hashes = known.get(messages);
  if (hashes === undefined) {
    hashes = JSON.stringify(
      messages.map(({ role, content }, index) => [
        role,
        index < stableMessages ? hashStable(content) : hashText(content),
      ]),
    );
    known.set(messages, hashes);
  }
  return hashes;
}

/** Hashes of texts shared by many conversations. */
const stableHashes = new Map<string, string>();
const mostStableHashes = 1000;

function hashStable(text: string): string {
  let hash = stableHashes.get(text);
  if (hash === undefined) {
    if (stableHashes.size >= mostStableHashes) stableHashes.clear();
    hash = hashText(text);
    stableHashes.set(text, hash);
  }
  return hash;
}
