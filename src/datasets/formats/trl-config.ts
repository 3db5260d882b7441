import { stringify } from 'yaml';
import type { DatasetKind } from '../../domain/export-spec.ts';
import {
  configHeader,
  ktoWeights,
  labelSmoothing,
  type TrainerConfig,
  type TrainerFacts,
} from './trainer-config.ts';

const trlCommand: Readonly<Partial<Record<DatasetKind, string>>> = {
  preference: 'dpo',
  safety: 'dpo',
  reward: 'reward',
  kto: 'kto',
  negative: 'kto',
  sft: 'sft',
};

/** The configuration of a TRL trainer; null where TRL has none for the kind of data. */
export function trlConfig(facts: TrainerFacts): TrainerConfig | null {
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
  return { file, text: configHeader(facts) + stringify(config), command: `trl ${command} --config ${file}` };
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
