import { passesLuhn } from '../checksums.ts';
import { anyWord, type Recogniser, spansOf } from '../recogniser.ts';

/** 13 to 19 digits, contiguous or in the groups printed on cards. */
const pattern =
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
    for (const { value, start, end } of spansOf(pattern, text)) {
      const digits = value.replace(/\D/g, '');
      if (!issuers.test(digits) || !passesLuhn(digits) || new Set(digits).size < 2) continue;
      // contiguous digits may be an order number that passes Luhn by chance (1 in 10)
      yield { start, end, score: value === digits ? 0.6 : 0.9 };
    }
  },
};
