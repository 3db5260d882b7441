import type { ChatMessage } from '../../domain/message.ts';
import { hashValue } from '../../files/content-hash.ts';
import type { JsonRecord } from '../../files/read-records.ts';
import { RecordFields } from '../../files/record-fields.ts';
import { type ChatReply, type ChatRequest, finishes } from '../../ports/chat-model.ts';

/**
 * A line of a file of recorded replies. The question is named either by `item` and `shown` (the candidates in the
 * order in which the judge saw them) with `criterion` (or principle) and `sample` where they matter, or by its exact
 * `messages`.
 */
interface RecordedReplyLine {
  readonly item?: string;
  readonly shown?: readonly string[];
  readonly criterion?: string;
  readonly messages?: readonly ChatMessage[];
  readonly sample?: number;
  readonly text: string;
  readonly finish?: ChatReply['finish'];
  readonly model?: string;
  readonly input_tokens?: number;
  readonly output_tokens?: number;
}

/** The names under which a question may stand in the file, the exact one first. */
export function recordedKeysOf(request: ChatRequest): readonly string[] {
  const sample = request.sample ?? 0;
  const { task } = request;
  const keys = [keyOfMessages(request.messages, sample)];
  if (task === undefined) return keys;
  const shown = task.shown.map(({ id }) => id);
  return [...keys, keyOfTask(task.item.id, shown, task.principle ?? task.criterion?.id, sample)];
}

/** @throws InputError naming the line where it is no recorded reply. */
export function parseRecordedReply(
  record: JsonRecord,
  file: string,
  line: number,
): { readonly key: string; readonly reply: ChatReply } {
  const fields = new RecordFields(file, line, record);
  const { messages, finish } = record as Partial<RecordedReplyLine>;
  const sample = fields.optionalNumber('sample') ?? 0;
  const key =
    messages === undefined
      ? keyOfTask(
          fields.id('item'),
          fields.array('shown').map(String),
          fields.optionalString('criterion'),
          sample,
        )
      : keyOfMessages(fields.array('messages') as readonly ChatMessage[], sample);
  const input = fields.optionalNumber('input_tokens');
  const output = fields.optionalNumber('output_tokens');
  const text = fields.optionalString('text') ?? fields.fail('text', 'the reply, a string');
  return {
    key,
    reply: {
      text,
      finish: finish === undefined ? 'stop' : fields.oneOf('finish', finishes),
      modelAnswered: fields.optionalString('model') ?? null,
      usage: input === undefined || output === undefined ? null : { input, output },
    },
  };
}

function keyOfTask(
  item: string,
  shown: readonly string[],
  criterion: string | undefined,
  sample: number,
): string {
  return JSON.stringify([item, shown, criterion ?? null, sample]);
}

function keyOfMessages(messages: readonly ChatMessage[], sample: number): string {
  return hashValue([messages.map(({ role, content }) => [role, content]), sample]);
}
