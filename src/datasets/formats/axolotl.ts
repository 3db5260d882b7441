import type { Example } from '../example.ts';
import { axolotlConfig } from './axolotl-config.ts';
import type { DatasetFormat, RowOrReason } from './format.ts';

/** Axolotl's KTO rows (`user_defined.default`): texts, so one user turn only. */
const axolotlKto: DatasetFormat = {
  name: 'axolotl-kto',
  readBy: 'axolotl train (rl: kto)',
  row(example: Example): RowOrReason {
    if (example.kind !== 'completion') return `axolotl_kto_has_no_${example.kind}`;
    const [turn, ...more] = example.prompt;
    if (turn === undefined || more.length > 0) return 'prompt_is_a_conversation';
    return { prompt: turn.content, completion: example.completion, label: example.label };
  },
};

/** Axolotl: `chat_template.default` for pairs (objects, not lists) and `chat_template` for supervised rows. */
export const axolotl: DatasetFormat = {
  name: 'axolotl',
  readBy: 'axolotl train',
  variants: { kto: axolotlKto, negative: axolotlKto },
  trainerConfig: axolotlConfig,
  row(example: Example): RowOrReason {
    if (example.prompt.some((message) => message.tool_calls !== undefined)) return 'axolotl_drops_tool_calls';
    switch (example.kind) {
      case 'preference':
        return {
          messages: example.prompt,
          chosen: { role: 'assistant', content: example.chosen },
          rejected: { role: 'assistant', content: example.rejected },
        };
      case 'completion':
        if (!example.label) return 'undesirable_response';
        return { messages: [...example.prompt, { role: 'assistant', content: example.completion }] };
      default:
        return `axolotl_has_no_${example.kind}`;
    }
  },
};
