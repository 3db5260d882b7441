import { findRefusal } from '../../../text/find-refusal.ts';
import { visibleText } from '../../llm/verdict/own-words.ts';
import { nothingToChange } from './revision-prompt.ts';

/** Whether a critique is the agreed sentence for "nothing is wrong", ignoring case, markup and punctuation. */
export function findsNothing(critique: string): boolean {
  return letters(critique) === letters(nothingToChange);
}

/** Whether a critic refuses. Only at the start of the text, because a critique may quote a refusal. */
export function declines(critique: string): boolean {
  return findRefusal(visibleText(critique).trimStart())?.start === 0;
}

const announcement =
  /^[*_#> ]{0,4}(?:(?:sure|certainly|of course|okay)[,.!]? )?(?:here(?:['’]s| is)|(?:the |my )?(?:rewritten|revised))\b[^\n]{0,120}:[*_ ]{0,4}\n+(?=\S)/i;
const ofRevision = /\b(?:rewritten|revised|rewrite|revision)\b/i;

/** A revision without an introductory first line, which a model trained on it would learn. */
export function withoutAnnouncement(revision: string): string {
  const first = announcement.exec(revision)?.[0];
  return first !== undefined && ofRevision.test(first) ? revision.slice(first.length) : revision;
}

function letters(text: string): string {
  return visibleText(text)
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .toLowerCase();
}
