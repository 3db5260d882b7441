import { passesNhs } from '../checksums.ts';
import { anyWord, type Recogniser, spansOf } from '../recogniser.ts';

const pattern = /(?<![\p{L}\p{N}+(-])\d{3}([ -]?)\d{3}\1\d{4}(?![\p{L}\p{N}]|-\d)/gu;

/** NHS numbers of England and Wales: ten digits, modulo 11. One random number in eleven passes, so context decides. */
export const ukNhsRecogniser: Recogniser = {
  name: 'uk-nhs-mod11',
  class: 'uk_nhs',
  mayMatch: (text) => /\d{3}[ -]?\d{3}[ -]?\d{4}/.test(text),
  context: anyWord('nhs|national health|patient|gp surgery|health service'),
  scoreInContext: 0.97,
  *find(text) {
    for (const { value, start, end } of spansOf(pattern, text)) {
      const digits = value.replace(/\D/g, '');
      if (passesNhs(digits) && new Set(digits).size > 2)
        yield { start, end, score: value === digits ? 0.2 : 0.45 };
    }
  },
};
