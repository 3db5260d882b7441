import type { DatasetKind, FormatName } from '../../domain/export-spec.ts';
import { axolotl } from './axolotl.ts';
import { bedrock } from './bedrock.ts';
import type { DatasetFormat } from './format.ts';
import { llamaFactory } from './llama-factory.ts';
import { openai } from './openai.ts';
import { distilabel, plain, ultrafeedback } from './rich.ts';
import { trl, trlText } from './trl.ts';

/** A new format needs its name in `formatNames` and a line here. */
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

/** A format by its name; a format that the caller brings stands for itself. */
export function formatNamed(format: FormatName | DatasetFormat): DatasetFormat {
  return typeof format === 'string' ? byName[format] : format;
}

/** The rows of a format for a kind of data. */
export function formatFor(name: FormatName | DatasetFormat, kind: DatasetKind): DatasetFormat {
  const format = formatNamed(name);
  return format.variants?.[kind] ?? format;
}
