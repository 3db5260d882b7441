import type { z } from 'zod';
import type { Mistake } from '../../domain/errors.ts';
import { checkValue } from './check-value.ts';
import { pathText } from './document-path.ts';
import { mistakeAt } from './mistakes.ts';
import type { YamlFile } from './yaml-file.ts';

/** Validates a file's content. @returns undefined if it is invalid, with every mistake added to `mistakes` */
export function checkYaml<S extends z.ZodType>(
  yaml: YamlFile,
  schema: S,
  mistakes: Mistake[],
): z.output<S> | undefined {
  const checked = checkValue(yaml.value, schema, (path) => pathText(path) || (yaml.whole ?? 'the file'));
  if (checked.status === 'valid') return checked.data;
  for (const { path, message, hint, unknownKey } of checked.findings) {
    const position =
      unknownKey === undefined ? yaml.positionOf(path) : yaml.positionOfKey(path.slice(0, -1), unknownKey);
    mistakes.push(mistakeAt(yaml, path, message, hint, position));
  }
  return undefined;
}
