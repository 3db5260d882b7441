import { anyWord, type Recogniser, spansOf } from '../recogniser.ts';

const pattern = /(?<![\p{L}\p{N}-])(?:\d{3}([- ])\d{2}\1\d{4}|\d{9})(?![\p{L}\p{N}]|-\d)/gu;

/** US social security numbers. They have no checksum: area 000, 666 and 900-999, group 00, serial 0000 are never issued. */
export const usSsnRecogniser: Recogniser = {
  name: 'us-ssn',
  class: 'us_ssn',
  mayMatch: (text) => /\d{3}[- ]?\d{2}[- ]?\d{4}/.test(text),
  context: anyWord('ssn|social security|soc sec|social-security'),
  scoreInContext: 0.95,
  *find(text) {
    for (const { value, start, end } of spansOf(pattern, text)) {
      const digits = value.replace(/\D/g, '');
      if (/^(?:000|666|9)|^...00|0000$/.test(digits) || new Set(digits).size < 3) continue;
      yield { start, end, score: value.includes('-') ? 0.6 : 0.2 };
    }
  },
};
