import { z } from 'zod';
import type { Mistake } from '../../domain/errors.ts';
import { pathText, valueAt } from './document-path.ts';
import { explainIssue, type Finding } from './explain-issue.ts';
import { mistakeAt } from './mistakes.ts';
import type { DocumentPath, YamlFile } from './yaml-file.ts';

type Checked<T> =
  | { readonly status: 'valid'; readonly data: T }
  | { readonly status: 'invalid'; readonly findings: readonly Finding[] };

/** Validates a value of any origin. @param nameOf how the author refers to a part of it, for example `--shares` */
export function checkValue<S extends z.ZodType>(
  value: unknown,
  schema: S,
  nameOf: (path: DocumentPath) => string,
): Checked<z.output<S>> {
  const result = schema.safeParse(value);
  if (result.success) return { status: 'valid', data: result.data };
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  const places = { nameOf, keysAt: (path: DocumentPath) => [...keysAt([shape], value, path)] };
  return {
    status: 'invalid',
    findings: result.error.issues.flatMap((issue) => explainIssue(value, issue, places)),
  };
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly prefixItems?: readonly Shape[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly const?: unknown;
}

/** The keys that the schema accepts at a path; of alternatives, those compatible with the values there. */
function keysAt(shapes: readonly Shape[], value: unknown, path: DocumentPath): Set<string> {
  const here = shapes
    .flatMap((shape) => [shape, ...(shape.anyOf ?? []), ...(shape.oneOf ?? [])])
    .filter((shape) => mayBe(shape, value));
  const [step, ...rest] = path;
  if (step === undefined) return new Set(here.flatMap((shape) => Object.keys(shape.properties ?? {})));
  const inner = here.map((shape) =>
    typeof step === 'number' ? (shape.prefixItems?.[step] ?? shape.items) : shape.properties?.[String(step)],
  );
  return keysAt(
    inner.filter((shape) => shape !== undefined),
    valueAt(value, [step]),
    rest,
  );
}

/** Whether no constant of the shape contradicts the value. */
function mayBe(shape: Shape, value: unknown): boolean {
  return Object.entries(shape.properties ?? {}).every(([key, property]) => {
    const written = valueAt(value, [key]);
    return property.const === undefined || written === undefined || written === property.const;
  });
}

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
