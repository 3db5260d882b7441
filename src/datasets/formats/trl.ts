import type { ChatMessage } from '../../domain/message.ts';
import type { Example } from '../example.ts';
import type { DatasetFormat, RowOrReason } from './format.ts';
import { trlConfig } from './trl-config.ts';

const assistant = (content: string): readonly ChatMessage[] => [{ role: 'assistant', content }];

/** The implicit-prompt preference type with a margin, which `RewardTrainer` reads. */
const trlReward: DatasetFormat = {
  name: 'trl-reward',
  readBy: 'trl reward',
  row(example: Example): RowOrReason {
    if (example.kind !== 'preference') return `trl_reward_has_no_${example.kind}`;
    return {
      chosen: [...example.prompt, ...assistant(example.chosen)],
      rejected: [...example.prompt, ...assistant(example.rejected)],
      margin: example.margin,
    };
  },
};

/** Prompt and completion without a label: supervised fine-tuning. */
const trlSft: DatasetFormat = {
  name: 'trl-sft',
  readBy: 'trl sft',
  row(example: Example): RowOrReason {
    if (example.kind !== 'completion') return `trl_sft_has_no_${example.kind}`;
    if (!example.label) return 'undesirable_response';
    return { prompt: example.prompt, completion: assistant(example.completion) };
  },
};

/**
 * TRL's conversational types with an explicit prompt: preference (DPO), unpaired (KTO), prompt-completion (SFT).
 * The columns are exactly the type's own: any reserved name beside them changes how TRL reads the row.
 */
export const trl: DatasetFormat = {
  name: 'trl',
  readBy: 'trl dpo | trl kto | trl sft',
  variants: { reward: trlReward, sft: trlSft },
  trainerConfig: trlConfig,
  row(example: Example): RowOrReason {
    switch (example.kind) {
      case 'preference':
        return {
          prompt: example.prompt,
          chosen: assistant(example.chosen),
          rejected: assistant(example.rejected),
        };
      case 'completion':
        return { prompt: example.prompt, completion: assistant(example.completion), label: example.label };
      default:
        return `trl_has_no_${example.kind}`;
    }
  },
};

/** TRL's standard (text) types, for base models without a chat template: one user turn only. */
export const trlText: DatasetFormat = {
  name: 'trl-text',
  readBy: 'trl dpo | trl kto',
  trainerConfig: trlConfig,
  row(example: Example): RowOrReason {
    const [turn, ...more] = example.prompt;
    if (turn === undefined || more.length > 0 || turn.role !== 'user') return 'prompt_is_a_conversation';
    const prompt = turn.content;
    switch (example.kind) {
      case 'preference':
        return { prompt, chosen: continued(example.chosen), rejected: continued(example.rejected) };
      case 'completion':
        return { prompt, completion: continued(example.completion), label: example.label };
      default:
        return `trl_has_no_${example.kind}`;
    }
  },
};

/** Prompt and completion are joined as they are, so the completion brings the space between them. */
function continued(text: string): string {
  return /^\s/u.test(text) ? text : ` ${text}`;
}
