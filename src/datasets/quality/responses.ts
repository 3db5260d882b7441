import { minhashOf, similarityOf } from '../../stats/similarity/minhash.ts';
import { findRefusal } from '../../text/find-refusal.ts';
import { type Example, taughtText } from '../example.ts';
import { notMeasured, percent, type QualityCheck, type QualityLevel, statusOf } from './check.ts';
import { remember } from './remember.ts';

/** Counts the rows for which something is true and compares the share with a cap. */
function share(
  check: string,
  level: QualityLevel,
  what: string,
  maxShare: number,
  applies: (example: Example) => boolean | null,
): QualityCheck {
  const target = `at most ${percent(maxShare)} ${what}`;
  let n = 0;
  let found = 0;
  const examples: string[] = [];
  return {
    observe(example) {
      const answer = applies(example);
      if (answer === null) return;
      n += 1;
      if (!answer) return;
      found += 1;
      if (examples.length < 10) examples.push(example.meta.id);
    },
    conclude() {
      if (n === 0) return notMeasured(check, level, target, 'no row of a kind that this looks at');
      const value = found / n;
      const status = statusOf(level, value <= maxShare);
      const message = `${found} of ${n} rows: ${what}`;
      return { check, level, status, value, n, target, message, details: { examples } };
    },
  };
}

/** Tests the response that a model learns from the row; null if there is none. */
function ofTaught(applies: (text: string) => boolean): (example: Example) => boolean | null {
  const known = remember(applies);
  return (example) => {
    const text = taughtText(example);
    return text === null ? null : known(text);
  };
}

/** SHOULD: chosen and rejected are really different texts (estimated Jaccard of word 3-grams under .9). */
export const nearIdentical = (): QualityCheck =>
  share('near_identical', 'SHOULD', 'pairs whose responses are nearly the same text', 0.05, (example) => {
    if (example.kind !== 'preference') return null;
    if (!maySharePassages(example.chosen, example.rejected)) return false;
    return similarityOf(minhashOf(example.chosen), minhashOf(example.rejected)) >= 0.9;
  });

/** A cheap pre-filter: nearly equal texts have nearly equal lengths and share at least one of four short passages, wherever the
 * few differences are.
 */
function maySharePassages(a: string, b: string): boolean {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  if (shorter.length * 1.5 < longer.length) return false;
  const passage = Math.min(24, shorter.length);
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const start = Math.floor(((shorter.length - passage) * quarter) / 3);
    if (longer.includes(shorter.slice(start, start + passage))) return true;
  }
  return false;
}

/** SHOULD: responses to learn from are complete: no open code fence, no end in the middle of a sentence. */
export const truncated = (): QualityCheck =>
  share('truncated', 'SHOULD', 'chosen truncated responses', 0.05, ofTaught(isTruncated));

export function isTruncated(text: string): boolean {
  const fences = text.match(/^```/gmu)?.length ?? 0;
  if (fences % 2 === 1) return true;
  const end = text.trimEnd().slice(-80);
  // short answers, lists, code, tables and links end without a full stop; long prose does not
  if (text.length < 400 || /[\p{P}\p{S}\d]$/u.test(end)) return false;
  const lastLine = text.trimEnd().split('\n').at(-1) ?? '';
  return lastLine.length > 60 && /[\p{Ll},]$/u.test(end);
}

/** SHOULD: few chosen responses are refusals. Safety data may refuse on purpose: then override by name. */
export const refusedResponses = (): QualityCheck =>
  share(
    'refused_responses',
    'SHOULD',
    'chosen responses that refuse',
    0.2,
    ofTaught((text) => findRefusal(text) !== null),
  );
