import { readJsonObject } from './read-json-object.ts';

/** The finite numbers of a metrics file, those of inner objects by dotted path; other values are no metrics. @throws InputError */
export async function readMetrics(file: string): Promise<Readonly<Record<string, number>>> {
  const hint = 'metrics are a JSON object with numbers, for example {"eval_loss": 0.41}';
  return Object.fromEntries(numbersOf(await readJsonObject(file, hint)));
}

function numbersOf(value: object, prefix = ''): [string, number][] {
  return Object.entries(value).flatMap(([key, inner]): [string, number][] => {
    if (typeof inner === 'number' && Number.isFinite(inner)) return [[`${prefix}${key}`, inner]];
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return [];
    return numbersOf(inner, `${prefix}${key}.`);
  });
}
