import type { VerdictFormat } from '../../domain/rubric.ts';

const beyondAscii = /[\u0080-\uffff]/;
/** Zero-width, bidirectional and tag characters, soft hyphens: what hides or reorders text. */
const hidden = /\p{Default_Ignorable_Code_Point}/gu;
/** Joiners and variation selectors belong to emoji and some scripts; after a Latin letter they only hide. */
const joiner = /^(?:\u200c|\u200d|\ufe0e|\ufe0f)$/;

/** Marks of chat templates, of thinking and of our own fences or their likes: with them a text steps out of its place. */
const structure =
  /[<＜‹〈⟨❮]{3}(?= ?(?:end )?[a-z])|<\|(?=[\w]{1,40}\|>)|<<(?=\/?SYS>>)|<(?=\/?(?:think|thinking|thought|reasoning|s|start_of_turn|end_of_turn)>)|\[(?=\/?INST\])/gi;

interface Marker {
  /** Quick test; without it the text is left alone. */
  readonly hint: string;
  readonly pattern: RegExp;
  readonly replacement: string;
}

/** The marks from which each format's verdict is read, and what a text shows in their place. */
const markers: Readonly<Record<VerdictFormat, readonly Marker[]>> = {
  brackets: [{ hint: '[[', pattern: /\[\[(?=[ a-z<>=]{1,9}\]\])/gi, replacement: '[ [' }],
  'arena-hard': [{ hint: '[[', pattern: /\[\[(?=[ a-z<>=]{1,9}\]\])/gi, replacement: '[ [' }],
  'output-ab': [{ hint: '(', pattern: /\b(output ?)\((?=[ab]\))/gi, replacement: '$1( ' }],
  result: [{ hint: '[', pattern: /\[(?=result\])/gi, replacement: '[ ' }],
  rating: [
    {
      hint: '',
      pattern: /\b(rating|score)(?=[*_" ]{0,4}(?::|=| is | of )[*_ ]{0,4}[(["]{0,2}-?\d)/gi,
      replacement: '$1-',
    },
  ],
  json: [
    {
      hint: ':',
      pattern:
        /(?<=["'“‘{,]\s{0,9})(verdict|winner|preferred|preference|choice|better|score|rating|ranking)(?=["'”’`]?\s{0,20}:)/gi,
      replacement: '$1 ',
    },
  ],
};

/**
 * A text from outside as it may stand in a prompt: what cannot be seen is gone, and the marks from which a verdict,
 * a fence or a turn of the conversation would be read are spaced out. Everything else stays as it was written.
 */
export function untrustedText(text: string, format: VerdictFormat): string {
  let clean = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (beyondAscii.test(clean)) clean = clean.replace(hidden, keepJoiner);
  if (/[<[＜‹〈⟨❮]/.test(clean)) clean = clean.replace(structure, spacedOut);
  for (const { hint, pattern, replacement } of markers[format]) {
    if (clean.includes(hint)) clean = clean.replace(pattern, replacement);
  }
  return clean;
}

function keepJoiner(character: string, at: number, text: string): string {
  return joiner.test(character) && text.charCodeAt(at - 1) > 0x7f ? character : '';
}

function spacedOut(mark: string): string {
  return `${[...mark].map((sign) => (looksLikeFence.has(sign) ? '<' : sign)).join(' ')} `;
}

const looksLikeFence: ReadonlySet<string> = new Set('＜‹〈⟨❮');
