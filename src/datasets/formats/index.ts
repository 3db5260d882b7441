import type { DatasetKind, FormatName } from '../../domain/export-spec.ts';
import { axolotl, axolotlKto } from './axolotl.ts';
import { bedrock } from './bedrock.ts';
import type { DatasetFormat } from './format.ts';
import { llamaFactory } from './llama-factory.ts';
import { openai } from './openai.ts';
import { distilabel, plain, ultrafeedback } from './rich.ts';
import { trl, trlReward, trlSft, trlText } from './trl.ts';

const byName: Readonly<Record<FormatName, DatasetFormat>> = {
  trl,
  'trl-text': trlText,
  openai,
  axolotl,
  'llama-factory': llamaFactory,
  bedrock,
  ultrafeedback,
  distilabel,
  plain,
};

/** The rows of a named format for a kind of data. */
export function formatFor(name: FormatName | DatasetFormat, kind: DatasetKind): DatasetFormat {
  if (typeof name !== 'string') return name;
  if (name === 'trl' && kind === 'reward') return trlReward;
  if (name === 'trl' && kind === 'sft') return trlSft;
  if (name === 'axolotl' && (kind === 'kto' || kind === 'negative')) return axolotlKto;
  return byName[name];
}
