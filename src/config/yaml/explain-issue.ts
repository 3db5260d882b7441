import type { z } from 'zod';
import { closest } from './closest.ts';
import { valueAt } from './document-path.ts';
import { hideKeys } from './written-keys.ts';
import type { DocumentPath } from './yaml-file.ts';

type Issue = z.core.$ZodIssue;

/** One mistake in a value, as an actionable message. */
export interface Finding {
  readonly path: DocumentPath;
  readonly message: string;
  readonly hint?: string;
  /** The key itself is wrong, not its value. */
  readonly unknownKey?: string;
}

/** How the author of a value refers to its parts. */
export interface Places {
  nameOf(path: DocumentPath): string;
  keysAt(path: DocumentPath): readonly string[];
}

/** Translates an issue of the schema into findings; an issue about several keys gives one for each. */
export function explainIssue(value: unknown, issue: Issue, places: Places): Finding[] {
  const finding = (message: string, hint?: string): Finding => ({
    path: issue.path,
    message,
    ...(hint !== undefined && { hint }),
  });
  const received = valueAt(value, issue.path);
  const name = places.nameOf(issue.path);

  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const hint = keyHint(key, places.keysAt(issue.path));
        return {
          ...finding(`"${key}" is not a key of ${name}`, hint),
          path: [...issue.path, key],
          unknownKey: key,
        };
      });
    case 'invalid_union': {
      if (issue.discriminator !== undefined) {
        const kinds = choicesOf(issue);
        return [finding(mustBe(name, oneOf(kinds), received), didYouMean(received, kinds))];
      }
      const branch = likelyBranch(issue.errors, received);
      if (branch !== undefined) {
        return branch.flatMap((inner) =>
          explainIssue(value, { ...inner, path: [...issue.path, ...inner.path] } as Issue, places),
        );
      }
      const expected = [...new Set(issue.errors.flatMap((errors) => errors.flatMap(expectedOf)))];
      const choices = issue.errors.flatMap((errors) => errors.flatMap(choicesOf));
      return [finding(mustBe(name, expected.join(' or '), received), didYouMean(received, choices))];
    }
    case 'invalid_value':
      return [
        finding(mustBe(name, expectedOf(issue).join(''), received), didYouMean(received, choicesOf(issue))),
      ];
    case 'custom':
    case 'invalid_format':
      return [finding(`${name} ${issue.message}, received ${show(received)}`)];
    default:
      return [finding(mustBe(name, expectedOf(issue).join(''), received))];
  }
}

function mustBe(name: string, expected: string, received: unknown): string {
  return received === undefined
    ? `${name} is missing; expected ${expected}`
    : `${name} must be ${expected}, received ${show(received)}`;
}

function choicesOf(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return 'options' in issue ? (issue.options ?? []).map(String) : [];
}

function didYouMean(received: unknown, choices: readonly string[]): string | undefined {
  const near = typeof received === 'string' ? closest(received, choices) : undefined;
  return near === undefined ? undefined : `did you mean "${near}"?`;
}

function keyHint(key: string, known: readonly string[]): string | undefined {
  if (/^(api_?)?(key|token|secret|password)$/i.test(key)) {
    return 'keys must not be stored in files: name an environment variable with key_env';
  }
  const near = didYouMean(key, known);
  if (near !== undefined) return near;
  return known.length === 0 ? undefined : `keys here: ${known.join(', ')}`;
}

/** The alternative of a union that matches the type of the value; undefined if none, or if the value is missing. */
function likelyBranch(
  branches: readonly (readonly Issue[])[],
  received: unknown,
): readonly Issue[] | undefined {
  if (received === undefined) return undefined;
  const fitting = branches.filter(
    (issues) =>
      !issues.some(
        (issue) =>
          issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value'),
      ),
  );
  return fitting[0];
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping (key: value)',
  record: 'a mapping (key: value)',
  null: 'null',
};

function expectedOf(issue: Issue): string[] {
  switch (issue.code) {
    case 'invalid_type':
      return [kinds[issue.expected] ?? issue.expected];
    case 'invalid_value':
      return [oneOf(issue.values.map(String))];
    case 'too_small':
      return [limit(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)];
    case 'too_big':
      return [limit(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)];
    case 'invalid_union':
      return issue.errors.flatMap((errors) => errors.flatMap(expectedOf));
    default:
      return [issue.message];
  }
}

function limit(origin: string, comparison: string, bound: number | bigint): string {
  if (origin === 'string')
    return bound === 1 ? 'text that is not empty' : `text of ${comparison} ${bound} characters`;
  if (origin === 'array') return `a list of ${comparison} ${bound}`;
  return `${comparison} ${bound}`;
}

function oneOf(choices: readonly string[]): string {
  return choices.length === 1 ? `"${choices[0]}"` : `one of ${choices.join(', ')}`;
}

/** A value for display: shortened, and with everything that looks like a key hidden. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : hideKeys(JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
