import { wordsOf } from './words.ts';

/** A demand that a prompt makes in so many words: whether a response keeps it, in [0, 1]. */
type Check = (response: string) => number;

const numbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const amount = `(\\d{1,4}|${numbers.slice(1).join('|')})`;

const cues: readonly (readonly [cue: RegExp, check: (match: RegExpExecArray) => Check])[] = [
  [
    new RegExp(
      `\\b(?:at most|no more than|under|fewer than|less than|within|maximum of|up to) ${amount} words?\\b`,
      'i',
    ),
    (match) => (response) => within(wordsOf(response).length, 0, asNumber(match[1]!)),
  ],
  [
    new RegExp(`\\b(?:exactly|in) ${amount} words?\\b`, 'i'),
    (match) => (response) => within(wordsOf(response).length, asNumber(match[1]!), asNumber(match[1]!)),
  ],
  [
    new RegExp(`\\b(?:at least|more than|minimum of) ${amount} words?\\b`, 'i'),
    (match) => (response) => within(wordsOf(response).length, asNumber(match[1]!), Number.POSITIVE_INFINITY),
  ],
  [
    new RegExp(`\\b(?:in|exactly|with|only) ${amount} (?:short |complete )?sentences?\\b`, 'i'),
    (match) => (response) => within(sentences(response), asNumber(match[1]!), asNumber(match[1]!)),
  ],
  [
    new RegExp(
      `\\b${amount} (?:bullet points?|bullets|steps|items|examples|tips|reasons|ideas|ways)\\b`,
      'i',
    ),
    (match) => (response) => within(listItems(response), asNumber(match[1]!), asNumber(match[1]!)),
  ],
  [/\b(?:as|in|valid|only) json\b/i, () => (response) => (isJson(response) ? 1 : 0)],
  [
    /\b(?:answer|reply|respond)[^.?!]{0,40}\b(?:only )?(?:with )?(?:just )?["'“]?yes["'”]? or ["'“]?no\b/i,
    () => (response) => (/^\W*(?:yes|no)\W*$/i.test(response) ? 1 : 0.2),
  ],
  [/\b(?:one|a single) word\b/i, () => (response) => (wordsOf(response).length === 1 ? 1 : 0)],
  [/\ball (?:in )?lower ?case\b/i, () => (response) => (response === response.toLowerCase() ? 1 : 0)],
  [
    /\ball (?:in )?(?:capitals|upper ?case)\b/i,
    () => (response) => (response === response.toUpperCase() ? 1 : 0),
  ],
  [
    /\b(?:without (?:using|mentioning)|do not (?:use|mention)|don't (?:use|mention)|avoid) (?:the (?:word|letter)s? )?["'“]([^"'”]{1,40})["'”]/i,
    (match) => (response) => (response.toLowerCase().includes(match[1]!.toLowerCase()) ? 0 : 1),
  ],
  [
    /\b(?:start|begin) (?:with|your (?:answer|reply|response) with) ["'“]([^"'”]{1,60})["'”]/i,
    (match) => (response) => (response.trimStart().toLowerCase().startsWith(match[1]!.toLowerCase()) ? 1 : 0),
  ],
  [
    /\b(?:end|finish|close) (?:with|your (?:answer|reply|response) with) ["'“]([^"'”]{1,60})["'”]/i,
    (match) => (response) => (response.trimEnd().toLowerCase().endsWith(match[1]!.toLowerCase()) ? 1 : 0),
  ],
  [
    /\b(?:write|implement|complete|fix)\b[^.?!]{0,60}\b(?:function|program|script|query|class|regex)\b/i,
    () => (response) => (/```|^\s{2,}\S|=>|\breturn\b|\bdef |\bselect\b/im.test(response) ? 1 : 0),
  ],
];

/** How well a response keeps the demands that can be read off the prompt, in [0, 1]; null when none can. */
export function demandsKept(prompt: string, response: string): number | null {
  let kept = 0;
  let count = 0;
  for (const [cue, check] of cues) {
    const match = cue.exec(prompt);
    if (match === null) continue;
    kept += check(match)(response);
    count += 1;
  }
  return count === 0 ? null : kept / count;
}

function asNumber(text: string): number {
  const named = numbers.indexOf(text.toLowerCase());
  return named === -1 ? Number(text) : named;
}

/** 1 inside the range, falling to 0 at half or double of it. */
function within(value: number, min: number, max: number): number {
  if (value >= min && value <= max) return 1;
  const excess = value < min ? (min - value) / min : (value - max) / Math.max(1, max);
  return Math.max(0, 0.6 - 1.2 * excess);
}

function sentences(text: string): number {
  return text.split(/[.!?]+(?:\s|$)/).filter((part) => part.trim() !== '').length;
}

function listItems(text: string): number {
  return (text.match(/^\s*(?:[-*•]|\d{1,2}[.)])\s+\S/gm) ?? []).length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.trim().replace(/^```(?:json)?\s*|\s*```$/g, ''));
    return true;
  } catch {
    return false;
  }
}
