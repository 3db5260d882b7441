import type { VerdictFormat } from '../../../domain/rubric.ts';
import { afterKey, beforeKey, verdictKeys } from '../verdict/json-keys.ts';
import { spaceLikes } from '../verdict/own-words.ts';
import { thinkingMark } from '../verdict/thinking-marks.ts';

const beyondAscii = /[\u0080-\uffff]/;
/** Characters that hide or reorder text: zero-width, bidirectional, tag, soft hyphen, lone surrogate. */
const hidden = /[\p{Default_Ignorable_Code_Point}\p{Surrogate}]+/gu;
/** Joiners and variation selectors are legitimate only in emoji and some scripts. */
const joiners: ReadonlySet<string> = new Set('\u200c\u200d\ufe0e\ufe0f');
const joinable = /[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

/** Markers of chat templates, thinking blocks and fences (and look-alikes), with which a text could escape its fence. */
const structure =
  /[<＜‹〈⟨❮«《˂]{3}(?=[\s*_]{0,3}(?:end[\s*_]{1,3})?[a-z])|[≪⋘](?=[\s*_]{0,3}end\b)|<[|｜](?=[\w▁ ]{1,40}[|｜]>)|<<(?=\/?SYS>>)|<(?=\/?(?:s|bos|eos|eot|start_of_turn|end_of_turn)>)|\[(?=\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\])/gi;
const thinking = new RegExp(thinkingMark, 'giu');

interface Marker {
  /** Quick test: texts without it are unchanged. */
  readonly hint: string;
  readonly pattern: RegExp;
  readonly replacement: string;
}

/** Characters that the verdict parser treats as spaces. */
const space = ` ${spaceLikes}`;
/** `[[A]]`, `[[A>>B]]`, `[[B>A=C]]` and similar, with any spacing. */
const brackets: Marker = {
  hint: '[[',
  pattern: new RegExp(
    `\\[\\[(?=[${space}]*(?:tie|[a-z]\\d{0,4}(?:[${space}]*[<>=,]{1,3}[${space}]*[a-z]\\d{0,4})*)[${space}]*\\]\\])`,
    'gi',
  ),
  replacement: '[ [',
};

/** The markers of each verdict format, with their neutralised form. */
const markers: Readonly<Record<VerdictFormat, readonly Marker[]>> = {
  brackets: [brackets],
  'arena-hard': [brackets],
  'output-ab': [
    {
      hint: '(',
      pattern: new RegExp(`\\b(output[${space}]?)\\((?=[ab]\\))`, 'gi'),
      replacement: '$1( ',
    },
    {
      hint: '',
      pattern: new RegExp(`^([${space}*_\`"]*t)(?=ie[\\s*_\`".]*$)`, 'gim'),
      replacement: '$1 ',
    },
  ],
  result: [{ hint: '[', pattern: /\[(?=result\])/gi, replacement: '[ ' }],
  rating: [
    {
      hint: '',
      pattern: new RegExp(
        `\\b(rating|score)(?=[*_"${space}]*(?::|=|[${space}]is[${space}]|[${space}]of[${space}])[*_${space}]*[(\\["]{0,2}-?\\d)`,
        'gi',
      ),
      replacement: '$1-',
    },
  ],
  json: [
    {
      hint: ':',
      pattern: new RegExp(`(${verdictKeys.join('|')})(?=${afterKey})(?<=${beforeKey}\\1)`, 'gi'),
      replacement: '$1-',
    },
  ],
};

/**
 * Sanitises an untrusted text for a prompt: invisible characters are removed, and markers of verdicts, fences and chat
 * turns are spaced out. Everything else is unchanged.
 */
export function untrustedText(text: string, format: VerdictFormat): string {
  let clean = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (beyondAscii.test(clean)) clean = clean.replace(hidden, keepJoiners);
  if (/[<[＜‹〈⟨❮«《˂≪⋘◁]/.test(clean)) {
    clean = clean.replace(structure, spacedOut);
    clean = clean.replace(thinking, (mark) => `${mark.slice(0, 1)} ${mark.slice(1)}`);
  }
  return withoutMarkers(clean, format);
}

/** Spaces out the verdict markers of a format. */
export function withoutMarkers(text: string, format: VerdictFormat): string {
  let clean = text;
  for (const { hint, pattern, replacement } of markers[format]) {
    if (clean.includes(hint)) clean = clean.replace(pattern, replacement);
  }
  return clean;
}

/** Keeps joiners only after a character that they can join to. */
function keepJoiners(run: string, at: number, text: string): string {
  if (at === 0 || text.charCodeAt(at - 1) <= 0x7f) return '';
  const isPair = (text.charCodeAt(at - 1) & 0xfc00) === 0xdc00;
  if (!joinable.test(text.slice(at - (isPair ? 2 : 1), at))) return '';
  return [...run].filter((character) => joiners.has(character)).join('');
}

function spacedOut(mark: string): string {
  return `${[...mark].map((sign) => (fenceLikeMarks.has(sign) ? '<' : sign)).join(' ')} `;
}

const fenceLikeMarks: ReadonlySet<string> = new Set('＜‹〈⟨❮«《˂≪⋘');
