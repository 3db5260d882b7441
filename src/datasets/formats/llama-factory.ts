import type { ChatMessage } from '../../domain/message.ts';
import type { Example } from '../example.ts';
import type { DatasetFormat, RowOrReason } from './format.ts';

interface Turn {
  readonly from: 'human' | 'gpt' | 'function_call' | 'observation';
  readonly value: string;
}

interface Conversation {
  readonly conversations: readonly Turn[];
  /** Present in every row, since the reader takes the column for granted. */
  readonly system: string;
}

/** LLaMA-Factory's ShareGPT rows; `dataset_info.json` beside them names the columns. */
export const llamaFactory: DatasetFormat = {
  name: 'llama-factory',
  readBy: 'llamafactory-cli train',
  companion({ files, kind, exampleKind }) {
    const unpaired = kind === 'kto' || kind === 'negative';
    const entries = Object.entries(files).map(([split, file]) => [
      `quorate_${split}`,
      llamaFactoryEntry(file, exampleKind, unpaired),
    ]);
    return { file: 'dataset_info.json', text: `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n` };
  },
  row(example: Example): RowOrReason {
    const conversation = conversationOf(example.prompt);
    if (typeof conversation === 'string') return conversation;
    switch (example.kind) {
      case 'preference':
        return {
          ...conversation,
          chosen: { from: 'gpt', value: example.chosen },
          rejected: { from: 'gpt', value: example.rejected },
        };
      case 'completion':
        return {
          ...conversation,
          conversations: [...conversation.conversations, { from: 'gpt', value: example.completion }],
          kto_tag: example.label,
        };
      default:
        return `llama_factory_has_no_${example.kind}`;
    }
  },
};

/** The system turn becomes a column; users and tools stand at odd places, the model at even ones. */
function conversationOf(prompt: readonly ChatMessage[]): Conversation | string {
  const system = prompt[0]?.role === 'system' ? prompt[0].content : undefined;
  const turns = prompt.slice(system === undefined ? 0 : 1).map(turnOf);
  const alternate = turns.every((turn, index) => fromModel(turn) === (index % 2 === 1));
  if (!alternate || turns.length % 2 === 0) return 'roles_do_not_alternate';
  return { conversations: turns, system: system ?? '' };
}

function turnOf(message: ChatMessage): Turn {
  if (message.role === 'tool') return { from: 'observation', value: message.content };
  if (message.role === 'user') return { from: 'human', value: message.content };
  if (message.tool_calls !== undefined)
    return { from: 'function_call', value: JSON.stringify(message.tool_calls) };
  return { from: 'gpt', value: message.content };
}

function fromModel(turn: Turn): boolean {
  return turn.from === 'gpt' || turn.from === 'function_call';
}

/** The entry of `dataset_info.json` that makes LLaMA-Factory find and read the files. */
export function llamaFactoryEntry(
  file: string,
  kind: Example['kind'],
  unpaired: boolean,
): Record<string, unknown> {
  // the tags are the reader's own defaults; naming some would unset the others
  const base = { file_name: file, formatting: 'sharegpt' };
  if (kind === 'preference') {
    const columns = { messages: 'conversations', system: 'system', chosen: 'chosen', rejected: 'rejected' };
    return { ...base, ranking: true, columns };
  }
  const columns = {
    messages: 'conversations',
    system: 'system',
    ...(unpaired ? { kto_tag: 'kto_tag' } : {}),
  };
  return { ...base, columns };
}
