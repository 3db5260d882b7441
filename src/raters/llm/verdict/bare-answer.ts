import { abstain, type Offered, type ParsedVerdict } from './parsed-verdict.ts';
import { readScore } from './score-verdicts.ts';

/** Markup, brackets and quotation marks around an answer, an opening fence included. */
const before = String.raw`^(?:\x60{3}\w{0,10}\s)?(?:[\s*_\x60"'“‘([{$]|\\boxed\{|\\text\{|<\/?(?:answer|verdict)>)*`;
const after = String.raw`(?:[\s*_\x60"'”’)\]}$.!]|<\/(?:answer|verdict)>)*$`;
/** What may introduce the answer: "Verdict:", "The better response is". */
const heading = String.raw`(?:(?:(?:my|the) )?(?:final )?(?:answer|verdict|choice|winner|score|rating)(?: is|[*_"]{0,3} ?[:=])[\s*_"'([]*)?`;
const label = new RegExp(
  `${before}${heading}(?:(?:response|assistant|output|option) ?[*_(]{0,2})?([a-z]|tie)${after}`,
  'i',
);
const score = new RegExp(
  String.raw`${before}${heading}(-?\d{1,4}(?:\.\d{1,6})?)(?: ?(?:\/|out of) ?(\d{1,4})|( ?%))?${after}`,
  'i',
);
/** Longer replies say more than a label; shorter ones occur in any text. */
const longest = 60;
const shortestRepeat = 3;

/** A letter that stands for a choice: the whole text, `(B)`, `"b"`, `> B <`, `B)` on a line, "answer: B", "option B". */
const choice = new RegExp(
  [
    String.raw`^\W{0,40}[a-z]\W{0,40}$`,
    String.raw`[[({"'“‘*_:<>=\x60][ \t]{0,2}[a-e][ \t]{0,2}[\])}"'”’*_.,;<>=\x60]`,
    String.raw`(?:^|\n)[ \t*_>#(-]{0,8}[a-e][).:]`,
    String.raw`\b(?:answer|option|choice|response|assistant|output|verdict|winner)\b(?: is|:)? ?\W{0,3}[a-e]\b(?! [a-z])`,
  ].join('|'),
  'i',
);

/**
 * The verdict of a reply that is nothing but a label or score that was offered, such as `(A)`, `**B**` or `4/5`: models
 * that are not held to a format often answer so. Null where the reply is anything else, or may be an answer to the
 * question that the responses answer or a repetition of them: they contain choices by letter, the same number, or the
 * reply itself.
 *
 * @param shown the responses
 */
export function readBare(
  reply: string,
  { labels, scale }: Offered,
  shown: readonly string[],
): ParsedVerdict | null {
  const text = reply.trim();
  if (text.length > longest || repeats(text, shown)) return null;
  if (labels !== undefined) {
    const stated = label.exec(text)?.[1]?.toLowerCase();
    if (stated === undefined || shown.some((each) => choice.test(each) || label.test(each.slice(0, 1000))))
      return null;
    const place = labels.findIndex((each) => each.toLowerCase() === stated);
    if (place < 0) return abstain('not_offered');
    return place === 2
      ? { outcome: 'tie' }
      : { outcome: 'verdict', position: place === 0 ? 'first' : 'second' };
  }
  const match = scale === undefined ? null : score.exec(text);
  if (match === null) return null;
  const [, stated, most, percent] = match;
  if (shown.some((each) => each.match(/\d+(?:\.\d+)?/g)?.includes(stated!))) return null;
  return readScore(Number(stated), percent === undefined ? most : '100', scale);
}

/** Whether a short reply also stands in a response, whatever its markup. */
export function repeats(text: string, shown: readonly string[]): boolean {
  const plain = withoutMarkup(text);
  return plain.length >= shortestRepeat && shown.some((each) => withoutMarkup(each).includes(plain));
}

function withoutMarkup(text: string): string {
  return text.replace(/[^\p{L}\p{N}<>=]/gu, '').toLowerCase();
}
