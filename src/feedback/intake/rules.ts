import type { IntakeRules } from '../../domain/intake.ts';
import { pseudonymPattern } from './author-keys.ts';
import type { Problem } from './problem.ts';

const dayMs = 86_400_000;
const deepest = 32;

interface Checked {
  readonly at: string;
  readonly model_version: string;
  readonly author?: string | undefined;
}

/** Checks beyond the schema: time, sizes, known versions, authors that look like pseudonyms. */
export function checkRules(
  incoming: Checked,
  { rules, nowMs }: { readonly rules: IntakeRules; readonly nowMs: number },
): readonly Problem[] {
  const problems: Problem[] = [];
  const ageMs = nowMs - Date.parse(incoming.at);
  if (ageMs < -rules.maxSkewSeconds * 1000) {
    problems.push({
      path: 'at',
      message: `lies in the future by more than ${rules.maxSkewSeconds} s: check the clock of the sender`,
    });
  } else if (ageMs > rules.maxAgeDays * dayMs) {
    problems.push({ path: 'at', message: `is older than ${rules.maxAgeDays} days: check clock and unit` });
  }
  if (rules.unknownModel === 'refuse' && rules.modelVersions?.includes(incoming.model_version) === false) {
    problems.push({ path: 'model_version', message: 'is not a known version' });
  }
  if (incoming.author !== undefined && pseudonymPattern.test(incoming.author)) {
    problems.push({ path: 'author', message: 'looks like a pseudonym; send the id of the application' });
  }
  problems.push(...checkSizes(incoming, rules));
  return problems;
}

function checkSizes(incoming: object, rules: IntakeRules): Problem[] {
  const problems: Problem[] = [];
  const check = (path: string, value: unknown, longest: number) => {
    if (typeof value === 'string' && value.length > longest) {
      problems.push({ path, message: `is too long: ${value.length} characters, at most ${longest}` });
    }
  };
  for (const [path, value] of Object.entries(incoming)) {
    check(path, value, path === 'comment' ? rules.maxCommentLength : rules.maxTextLength);
    if (path === 'answers') {
      for (const [question, answer] of Object.entries(value as object))
        check(`answers.${question}`, answer, rules.maxCommentLength);
    }
  }
  const length = textLength(incoming);
  if (problems.length === 0 && length > rules.maxEventLength) {
    problems.push({
      path: '',
      message: `is too long: ${length} characters, at most ${rules.maxEventLength}`,
    });
  }
  return problems;
}

/** Keys and texts together, in UTF-16 units. */
function textLength(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  let length = 0;
  for (const key in value) length += key.length + textLength((value as Record<string, unknown>)[key]);
  return length;
}

/** Deeper nesting is hostile, and later code may recurse. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= deepest) return true;
  for (const key in value) if (isTooDeep((value as Record<string, unknown>)[key], depth + 1)) return true;
  return false;
}
