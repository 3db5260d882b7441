import type { z } from 'zod';

/** One problem of an incoming record. */
export interface Problem {
  /** For example `session_id` or `other.response_id`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

const missing = 'is missing';
/** Maximum number of problems: a hostile event could cause millions. */
const mostProblems = 50;

export function missingFields(problems: readonly Problem[]): readonly string[] {
  return problems.filter((problem) => problem.message === missing).map((problem) => problem.path);
}

/** The schema issues as messages, one per field. */
export function problemsOf(error: z.ZodError, input: unknown): readonly Problem[] {
  const problems = new Map<string, Problem>();
  const add = (path: string, message: string) => {
    if (problems.size < mostProblems && !problems.has(path)) problems.set(path, { path, message });
  };
  for (const issue of error.issues) {
    const path = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) add(path === '' ? key : `${path}.${key}`, 'is not a field of this event');
    } else if (isAbsent(input, issue.path)) add(path, missing);
    else add(path, messageOf(issue));
  }
  return [...problems.values()];
}

function isAbsent(input: unknown, path: readonly PropertyKey[]): boolean {
  if (path.length === 0) return false;
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = Object.hasOwn(value, step) ? (value as Record<PropertyKey, unknown>)[step] : undefined;
  }
  return value === undefined || value === null;
}

function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${withArticle(issue.expected)}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'must be an RFC 3339 time with an offset, for example 2026-01-31T12:00:00Z'
        : issue.message;
    case 'too_small':
      return issue.origin === 'number' ? `must be at least ${issue.minimum}` : 'must not be empty';
    case 'too_big':
      return issue.origin === 'number'
        ? `must be at most ${issue.maximum}`
        : `is too long: at most ${issue.maximum}`;
    case 'invalid_union': {
      if (issue.discriminator !== undefined) return `must be one of ${kindNames}`;
      const inner = issue.errors.flat().filter((one) => one.code === 'invalid_value');
      return inner.length > 0 && inner.length === issue.errors.flat().length
        ? `must be one of ${inner.flatMap((one) => one.values.map((value) => JSON.stringify(value))).join(', ')}`
        : 'must be a text or a list of messages, and not empty';
    }
    default:
      return issue.message;
  }
}

const kindNames =
  'thumb, stars, correction, comparison, ranking, comment, flag, survey, retry, copy, regenerate, dwell, session_length';

function withArticle(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}
