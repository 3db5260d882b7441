import type { ChatMessage } from '../domain/message.ts';
import type { ChatRequest } from '../ports/chat-model.ts';

/** The messages with the wanted JSON shape in words, for a server that cannot be held to a schema. */
export function withSchemaText(request: ChatRequest): readonly ChatMessage[] {
  if (request.schema === undefined) return request.messages;
  const asked = `Reply with one JSON object and nothing else. It must match this JSON Schema:\n${JSON.stringify(request.schema.json)}`;
  const last = request.messages.at(-1);
  if (last?.role !== 'user') return [...request.messages, { role: 'user', content: asked }];
  return [...request.messages.slice(0, -1), { role: 'user', content: `${last.content}\n\n${asked}` }];
}
