import { passesLuhn, passesMod97 } from '../checksums.ts';
import { anyWord, type Recogniser, spansOf } from '../recogniser.ts';

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

/** 13 to 19 digits, contiguous or in the groups printed on cards. */
const cardPattern =
  /(?<![\d.,/+-])(?:\d{13,19}|\d{4}([ .-])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5})(?![\d-]|[.,]\d)/g;
/** Issuer ranges with their lengths: Visa, Mastercard, American Express, Discover, Diners, JCB, Maestro, UnionPay. */
const issuers =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d{2}|2(?:22[1-9]|2[3-9]\d|[3-6]\d{2}|7[01]\d|720))\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d{2})\d{12}|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|(?:50[0-9]{2}|5[678]\d{2}|6\d{3})\d{8,15}|62\d{14,17})$/;

/** Payment card numbers: issuer range, length and Luhn. */
export const cardRecogniser: Recogniser = {
  name: 'card-luhn',
  class: 'card',
  mayMatch: (text) => /\d{4}[ .-]?\d{4}/.test(text),
  context: anyWord(
    'card|credit|debit|visa|master ?card|amex|american express|discover|maestro|cvv|cvc|kreditkarte|karte|carte|tarjeta|carta|cartão|cartao|kaart|karta|karty|カード',
  ),
  scoreInContext: 0.99,
  *find(text) {
    for (const { value, start, end } of spansOf(cardPattern, text)) {
      const digits = value.replace(/\D/g, '');
      if (!issuers.test(digits) || !passesLuhn(digits) || new Set(digits).size < 2) continue;
      // contiguous digits may be an order number that passes Luhn by chance (1 in 10)
      yield { start, end, score: value === digits ? 0.6 : 0.9 };
    }
  },
};
