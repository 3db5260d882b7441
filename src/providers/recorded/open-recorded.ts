import { resolve } from 'node:path';
import type { ModelSpec } from '../../domain/job.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import { readRecords } from '../../files/read-records.ts';
import type { ChatModel, ChatReply } from '../../ports/chat-model.ts';
import { parseRecordedReply, recordedKeysOf } from './recorded-reply.ts';

/**
 * A model that answers from a file of replies (JSONL, see parseRecordedReply). A question that the file does not
 * answer is a `bad_request`: never guessed. The file is read at the first question and held in memory.
 */
export function openRecorded(spec: ModelSpec): ChatModel {
  const file = resolve(spec.model);
  let replies: Promise<ReadonlyMap<string, ChatReply>> | undefined;
  return {
    provider: 'recorded',
    model: spec.model,
    baseUrl: `file:${file}`,
    capabilities: { structured: false, logprobs: true, seed: true },
    complete: async (request, { signal }) => {
      signal.throwIfAborted();
      replies ??= load(file);
      const known = await replies;
      for (const key of recordedKeysOf(request)) {
        const reply = known.get(key);
        if (reply !== undefined) return reply;
      }
      throw new ProviderError('bad_request', `recorded: ${spec.model} holds no reply to this question`, {
        provider: 'recorded',
        model: spec.model,
        hint: 'the file was recorded for other items, another order, another rubric or another sample',
      });
    },
  };
}

async function load(file: string): Promise<ReadonlyMap<string, ChatReply>> {
  const replies = new Map<string, ChatReply>();
  for await (const { line, record } of readRecords(file)) {
    const { key, reply } = parseRecordedReply(record, file, line);
    replies.set(key, reply);
  }
  return replies;
}
