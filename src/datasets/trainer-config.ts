import { stringify } from 'yaml';
import type { DatasetKind, FormatName } from '../domain/export-spec.ts';
import type { DatasetFormat } from './formats/format.ts';

/** A configuration that trains on the exported files, and the command that runs it. */
export interface TrainerConfig {
  readonly file: string;
  readonly text: string;
  readonly command: string;
}

export interface TrainerFacts {
  readonly kind: DatasetKind;
  readonly format: FormatName | DatasetFormat;
  readonly container: string;
  readonly splits: readonly string[];
  /** Expected share of right pairs: the mean probability. Null where none is known. */
  readonly pairAccuracy: number | null;
  /** Desirable and undesirable rows, for KTO. */
  readonly desirable: number;
  readonly undesirable: number;
}

/** Labels wrong more often than this are not smoothed away; the data should be filtered instead. */
const maxSmoothing = 0.45;
/** Below this the plain loss is as good and better known. */
const minSmoothing = 0.02;

/**
 * Robust DPO's label-flip probability (Chowdhury, Kini & Natarajan 2024): one minus the measured pair accuracy.
 */
export function labelSmoothing(pairAccuracy: number | null): number {
  if (pairAccuracy === null) return 0;
  const flip = 1 - pairAccuracy;
  return flip < minSmoothing ? 0 : Math.min(maxSmoothing, Math.round(flip * 1000) / 1000);
}

/** The configuration for the format's trainer; null where its trainer is configured elsewhere. */
export function trainerConfig(facts: TrainerFacts): TrainerConfig | null {
  if (facts.format === 'trl' || facts.format === 'trl-text') return trlConfig(facts);
  if (facts.format === 'axolotl') return axolotlConfig(facts);
  return null;
}

const trlCommand: Readonly<Partial<Record<DatasetKind, string>>> = {
  preference: 'dpo',
  safety: 'dpo',
  reward: 'reward',
  kto: 'kto',
  negative: 'kto',
  sft: 'sft',
};

function trlConfig(facts: TrainerFacts): TrainerConfig | null {
  const command = trlCommand[facts.kind];
  if (command === undefined) return null;
  const config = {
    model_name_or_path: 'your/model',
    output_dir: 'out',
    datasets: [
      { path: facts.container === 'parquet' ? 'parquet' : 'json', data_files: `train.${facts.container}` },
    ],
    per_device_train_batch_size: 2,
    gradient_accumulation_steps: 8,
    num_train_epochs: 1,
    ...trlLoss(facts, command),
  };
  const file = `trl-${command}.yaml`;
  return { file, text: header(facts) + stringify(config), command: `trl ${command} --config ${file}` };
}

function trlLoss(facts: TrainerFacts, command: string): Record<string, unknown> {
  if (command === 'dpo') {
    const smoothing = labelSmoothing(facts.pairAccuracy);
    const common = { learning_rate: 5e-7, beta: 0.1 };
    return smoothing === 0
      ? { ...common, loss_type: ['sigmoid'] }
      : { ...common, loss_type: ['robust'], label_smoothing: smoothing };
  }
  if (command === 'kto') return { learning_rate: 5e-7, beta: 0.1, ...ktoWeights(facts) };
  return { learning_rate: command === 'reward' ? 1e-5 : 2e-5 };
}

/** KTO wants weight x count of the two sides within a factor of 4/3 (Ethayarajh et al. 2024, section 4.2). */
function ktoWeights(facts: TrainerFacts): Record<string, number> {
  if (facts.desirable === 0 || facts.undesirable === 0) return {};
  const ratio = facts.desirable / facts.undesirable;
  const round = (weight: number) => Math.round(weight * 100) / 100;
  if (ratio > 4 / 3) return { desirable_weight: 1, undesirable_weight: round(ratio) };
  if (ratio < 1) return { desirable_weight: round(1 / ratio), undesirable_weight: 1 };
  return { desirable_weight: 1, undesirable_weight: 1 };
}

function axolotlConfig(facts: TrainerFacts): TrainerConfig | null {
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
    : { file, text: header(facts) + stringify(config), command: `axolotl train ${file}` };
}

function header(facts: TrainerFacts): string {
  const accuracy = facts.pairAccuracy === null ? 'unknown' : facts.pairAccuracy.toFixed(3);
  return `# Set the model. Label smoothing and loss follow from the expected pair accuracy of these data (${accuracy}).\n`;
}
