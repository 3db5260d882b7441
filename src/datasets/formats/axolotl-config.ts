import { stringify } from 'yaml';
import {
  configHeader,
  ktoWeights,
  labelSmoothing,
  type TrainerConfig,
  type TrainerFacts,
} from './trainer-config.ts';

/** The configuration of Axolotl; null where it has none for the kind of data. */
export function axolotlConfig(facts: TrainerFacts): TrainerConfig | null {
  const file = 'axolotl.yaml';
  const path = `train.${facts.container}`;
  const format = facts.container === 'parquet' ? 'parquet' : 'json';
  const head = {
    base_model: 'your/model',
    output_dir: 'out',
    micro_batch_size: 2,
    gradient_accumulation_steps: 8,
  };
  const pairs = {
    field_messages: 'messages',
    field_chosen: 'chosen',
    field_rejected: 'rejected',
    message_property_mappings: { role: 'role', content: 'content' },
  };
  // a type that is an object is what Axolotl calls user-defined
  const entry = (type: string | Record<string, string>, more: Record<string, unknown> = {}) => ({
    path,
    ds_type: format,
    split: 'train',
    type,
    ...more,
  });
  const config = (() => {
    switch (facts.kind) {
      case 'preference':
      case 'safety':
        return {
          ...head,
          rl: 'dpo',
          dpo_label_smoothing: labelSmoothing(facts.pairAccuracy),
          datasets: [entry('chat_template.default', pairs)],
        };
      case 'kto':
      case 'negative': {
        const weights = ktoWeights(facts);
        return {
          ...head,
          rl: 'kto',
          kto_desirable_weight: weights.desirable_weight ?? 1,
          kto_undesirable_weight: weights.undesirable_weight ?? 1,
          datasets: [entry({ field_prompt: 'prompt', field_completion: 'completion', field_label: 'label' })],
        };
      }
      case 'sft':
        return { ...head, datasets: [entry('chat_template', { field_messages: 'messages' })] };
      default:
        return null;
    }
  })();
  return config === null
    ? null
    : { file, text: configHeader(facts) + stringify(config), command: `axolotl train ${file}` };
}
