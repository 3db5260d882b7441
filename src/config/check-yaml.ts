import { z } from 'zod';
import type { Mistake } from '../domain/errors.ts';
import { valueAt } from './document-path.ts';
import { explainIssue } from './explain-issue.ts';
import type { DocumentPath, YamlFile } from './yaml-file.ts';

/** Checks a file's content; undefined when it is wrong, with every mistake added to `mistakes`. */
export function checkYaml<S extends z.ZodType>(
  yaml: YamlFile,
  schema: S,
  mistakes: Mistake[],
): z.output<S> | undefined {
  const result = schema.safeParse(yaml.value);
  if (result.success) return result.data;
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  for (const issue of result.error.issues) {
    mistakes.push(...explainIssue(yaml, issue, (path) => [...keysAt([shape], yaml.value, path)]));
  }
  return undefined;
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly prefixItems?: readonly Shape[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly const?: unknown;
}

/** The keys that the schema knows at a place; of alternatives, those that the values written there leave open. */
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

/** Does no constant of the shape say otherwise? */
function mayBe(shape: Shape, value: unknown): boolean {
  return Object.entries(shape.properties ?? {}).every(([key, property]) => {
    const written = valueAt(value, [key]);
    return property.const === undefined || written === undefined || written === property.const;
  });
}
