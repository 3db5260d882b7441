import { passesMod97 } from '../checksums.ts';
import { type Recogniser, spansOf } from '../recogniser.ts';

const pattern =
  /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{2,4}){3,8}(?:[ -]?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/gu;
/** Length by country, IBAN registry (SWIFT), release 99. */
const lengths: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BR: 29,
  BY: 28,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  DO: 28,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  GT: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IQ: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LC: 32,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  LY: 25,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MR: 27,
  MT: 31,
  MU: 30,
  NL: 18,
  NO: 15,
  PK: 24,
  PL: 28,
  PS: 29,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  SA: 24,
  SC: 31,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  ST: 25,
  SV: 28,
  TL: 23,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  VG: 24,
  XK: 20,
};

/** Bank accounts: country, its length, and MOD 97-10. A random string of the right shape passes with probability 1/97. */
export const ibanRecogniser: Recogniser = {
  name: 'iban-mod97',
  class: 'iban',
  mayMatch: (text) => /[A-Z]{2}\d{2}/.test(text),
  *find(text) {
    for (const { value, start } of spansOf(pattern, text)) {
      const length = lengths[value.slice(0, 2)];
      const compact = value.replace(/[ -]/g, '');
      if (length === undefined || compact.length < length) continue;
      // the pattern may include a following word in capitals
      if (!passesMod97(compact.slice(0, length))) continue;
      yield { start, end: start + lengthWithSeparators(value, length), score: 0.97 };
    }
  },
};

function lengthWithSeparators(value: string, characters: number): number {
  let seen = 0;
  for (let index = 0; index < value.length; index += 1) {
    if (value[index] !== ' ' && value[index] !== '-') seen += 1;
    if (seen === characters) return index + 1;
  }
  return value.length;
}
