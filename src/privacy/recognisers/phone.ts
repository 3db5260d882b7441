import {
  type CountryCode,
  findPhoneNumbersInText,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { anyWord, type Match, type Recogniser, spansOf } from '../recogniser.ts';

/** Seven or more digits with phone punctuation between them. */
const candidate =
  /(?<![\p{L}\p{N}_@#$€£/.=-])(?:\+|\(|00)?\d[\d ().\-/\u00a0]{5,22}\d(?![\p{L}\p{N}_%]|[.,-]\d)/gu;
/** Dates, prices and ranges, which consist of the same characters. */
const noPhone =
  /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$|^\d+\.\d+$|^\d{4} ?- ?\d{4}$|^\d{1,3}(?:\.\d{3})+$/;
const context = anyWord(
  'phone|telephone|tel|cell|mobile|call|fax|whatsapp|sms|text me|ring|reach|telefon(?:nummer)?|handy|anruf(?:en)?|rufen?|ruf|erreich(?:en|bar|e)|téléphone|portable|appel(?:ez|er)?|joindre|teléfono|móvil|movil|llám(?:a|e)(?:me|nos)?|llamar|telefono|cellulare|chiam(?:a|are|ami)|telefone|celular|ligue|ligar|dzwoni[ćc]|zadzwoń|komórk[ai]|telefonu|電話|携帯',
);
/** Countries tried for a national number whose context suggests a phone. */
const regionsToTry: readonly CountryCode[] = [
  'US',
  'GB',
  'DE',
  'FR',
  'ES',
  'IT',
  'BR',
  'PL',
  'JP',
  'IN',
  'NL',
  'AU',
];

/** Phone numbers that libphonenumber considers valid. */
export const phoneRecogniser: Recogniser = {
  name: 'phone-libphonenumber',
  class: 'phone',
  mayMatch: (text) => /\d[\d ().\-/\u00a0]{5,}\d/.test(text),
  context,
  scoreInContext: 0.9,
  *find(text, { region }) {
    for (const { value, start } of spansOf(candidate, text)) {
      if (noPhone.test(value)) continue;
      const digits = value.replace(/\D/g, '');
      if (digits.length < 7 || digits.length > 15 || new Set(digits).size < 3) continue;
      const match = read(value, region);
      if (match !== null) yield { start: start + match.start, end: start + match.end, score: match.score };
    }
  },
};

function read(written: string, region: string | null): Match | null {
  const end = written.length;
  if (/^(?:\+|00)/.test(written)) {
    const phone = parsePhoneNumberFromString(written.replace(/^00/, '+'));
    if (phone === undefined || !phone.isPossible()) return null;
    // numbers reserved for fiction and examples are possible, but not valid
    return { start: 0, end, score: phone.isValid() ? 0.8 : 0.6 };
  }
  // typical phone punctuation; for any other run of digits the context decides
  const isPunctuated = /^\(\d{2,5}\) ?\d|^\d{3}[-.]\d{3}[-.]\d{4}$/.test(written);
  const home = region !== null && isSupportedCountry(region) ? [region] : [];
  for (const country of [...home, ...regionsToTry]) {
    const match = national(written, country, isPunctuated ? 0.55 : 0.3);
    if (match !== null) return match;
  }
  return null;
}

/** Uses the library's text search, which excludes dates, page ranges and times. */
function national(written: string, country: CountryCode, score: number): Match | null {
  const phone = findPhoneNumbersInText(written, country).find(({ number }) => number.isValid());
  return phone === undefined ? null : { start: phone.startsAt, end: phone.endsAt, score };
}
