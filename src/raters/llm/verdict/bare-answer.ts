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
/** Longer replies say more than a label. */
const longest = 60;

/** A letter that stands for a choice: the whole text, `(B)`, `B)`, "answer: B", "option B". */
const choice =
  /^\W*[A-Za-z]\W*$|\([A-Ea-e]\)|(?:^|\n)[ \t*_>#(-]{0,8}[A-Ea-e][).:]|\b(?:answer|option|choice)\b(?: is|:)? ?\W{0,3}[A-E]\b/;

/**
 * The verdict of a reply that is nothing but a label or score that was offered, such as `(A)`, `**B**` or `4/5`: models
 * that are not held to a format often answer so. Null where the reply is anything else, or may be an answer to the
 * question that the responses answer: they contain choices by letter, or the same number.
 *
 * @param shown the responses
 */
export function readBare(
  reply: string,
  { labels, scale }: Offered,
  shown: readonly string[],
): ParsedVerdict | null {
  const text = reply.trim();
  if (text.length > longest) return null;
  if (labels !== undefined) {
    const stated = label.exec(text)?.[1]?.toLowerCase();
    if (stated === undefined || shown.some((each) => choice.test(each))) return null;
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
