import type { ChatMessage } from '../../domain/message.ts';
import type { Example } from '../example.ts';
import type { DatasetFormat, RowOrReason } from './format.ts';

const schemaVersion = 'bedrock-conversation-2024';
const blocks = (text: string) => [{ text }];

/** Amazon Bedrock conversations: supervised rows, and Nova DPO where the last turn has two labelled candidates. */
export const bedrock: DatasetFormat = {
  name: 'bedrock',
  readBy: 'Amazon Bedrock fine-tuning (SFT, Nova DPO)',
  row(example: Example): RowOrReason {
    const head = headOf(example.prompt);
    if (typeof head === 'string') return head;
    switch (example.kind) {
      case 'preference': {
        const candidates = [
          { content: blocks(example.chosen), preferenceLabel: 'preferred' },
          { content: blocks(example.rejected), preferenceLabel: 'non-preferred' },
        ];
        return { ...head, messages: [...head.messages, { role: 'assistant', candidates }] };
      }
      case 'completion':
        if (!example.label) return 'undesirable_response';
        return {
          ...head,
          messages: [...head.messages, { role: 'assistant', content: blocks(example.completion) }],
        };
      default:
        return `bedrock_has_no_${example.kind}`;
    }
  },
};

interface Head {
  readonly schemaVersion: string;
  readonly system?: readonly { readonly text: string }[];
  readonly messages: readonly {
    readonly role: string;
    readonly content: readonly { readonly text: string }[];
  }[];
}

function headOf(prompt: readonly ChatMessage[]): Head | string {
  const system = prompt[0]?.role === 'system' ? prompt[0].content : undefined;
  const turns = prompt.slice(system === undefined ? 0 : 1);
  if (turns.some((turn) => turn.role === 'tool' || turn.tool_calls !== undefined))
    return 'bedrock_has_no_tool_turns';
  const alternate = turns.every((turn, index) => turn.role === (index % 2 === 0 ? 'user' : 'assistant'));
  if (!alternate) return 'roles_do_not_alternate';
  return {
    schemaVersion,
    ...(system === undefined ? {} : { system: blocks(system) }),
    messages: turns.map((turn) => ({ role: turn.role, content: blocks(turn.content) })),
  };
}
