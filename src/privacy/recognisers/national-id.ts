import {
  passesCodiceFiscale,
  passesCpf,
  passesDni,
  passesNhs,
  passesNir,
  passesPesel,
  passesSteuerId,
} from '../checksums.ts';
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

interface IdForm {
  readonly pattern: RegExp;
  readonly passes: (compact: string) => boolean;
  /** Score without context. Contiguous digits may pass by chance, so they stay below the default threshold. */
  readonly score: (written: string) => number;
}

const forms: readonly IdForm[] = [
  // Brazil: CPF
  {
    pattern: /(?<![\p{L}\p{N}.-])(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{11})(?![\p{L}\p{N}-])/gu,
    passes: passesCpf,
    score: (written) => (written.includes('.') ? 0.95 : 0.3),
  },
  // Spain: DNI, NIE
  {
    pattern: /(?<![\p{L}\p{N}-])(?:[XYZ][- ]?\d{7}|\d{8})[- ]?[A-HJ-NP-TV-Z](?![\p{L}\p{N}])/gu,
    passes: passesDni,
    score: () => 0.8,
  },
  // Poland: PESEL; Germany: Steuer-ID
  {
    pattern: /(?<![\p{L}\p{N}.,-])\d{11}(?![\p{L}\p{N}-]|[.,]\d)/gu,
    passes: (digits) =>
      passesPesel(digits) && /^\d\d(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12]\d|3[01])/.test(digits),
    score: () => 0.35,
  },
  {
    pattern: /(?<![\p{L}\p{N}.,-])(?:\d{11}|\d{2} \d{3} \d{3} \d{3})(?![\p{L}\p{N}-]|[.,]\d)/gu,
    passes: passesSteuerId,
    score: (written) => (written.includes(' ') ? 0.6 : 0.3),
  },
  // France: NIR
  {
    pattern:
      /(?<![\p{L}\p{N}-])[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\p{L}\p{N}])/gu,
    passes: passesNir,
    score: () => 0.85,
  },
  // Italy: codice fiscale
  {
    pattern: /(?<![\p{L}\p{N}])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![\p{L}\p{N}])/gu,
    passes: passesCodiceFiscale,
    score: () => 0.97,
  },
];

/** National identity and tax numbers with a check digit: CPF, DNI/NIE, PESEL, Steuer-ID, NIR, codice fiscale. */
export const nationalIdRecogniser: Recogniser = {
  name: 'national-id-checksum',
  class: 'national_id',
  mayMatch: (text) => /\d{7}|\d{2}[A-Z]\d{2}|\d{3}[ .]?\d{3}/.test(text),
  context: anyWord(
    'cpf|dni|nie|nif|pesel|steuer-?id|steuer(?:liche )?identifikationsnummer|idnr|nir|insee|sécurité sociale|numéro de sécu|codice fiscale|national id|tax id',
  ),
  scoreInContext: 0.97,
  *find(text) {
    for (const { pattern, passes, score } of forms) {
      for (const { value, start, end } of spansOf(pattern, text)) {
        if (passes(value.replace(/[ .-]/g, ''))) yield { start, end, score: score(value) };
      }
    }
  },
};

const usSsnPattern = /(?<![\p{L}\p{N}-])(?:\d{3}([- ])\d{2}\1\d{4}|\d{9})(?![\p{L}\p{N}]|-\d)/gu;

/** US social security numbers. They have no checksum: area 000, 666 and 900-999, group 00, serial 0000 are never issued. */
export const usSsnRecogniser: Recogniser = {
  name: 'us-ssn',
  class: 'us_ssn',
  mayMatch: (text) => /\d{3}[- ]?\d{2}[- ]?\d{4}/.test(text),
  context: anyWord('ssn|social security|soc sec|social-security'),
  scoreInContext: 0.95,
  *find(text) {
    for (const { value, start, end } of spansOf(usSsnPattern, text)) {
      const digits = value.replace(/\D/g, '');
      if (/^(?:000|666|9)|^...00|0000$/.test(digits) || new Set(digits).size < 3) continue;
      yield { start, end, score: value.includes('-') ? 0.6 : 0.2 };
    }
  },
};

const passportPattern = /(?<![\p{L}\p{N}-])(?=(?:[A-Z]*\d){5})[A-Z\d]{7,10}(?![\p{L}\p{N}-])/gu;
/** German passports mix letters and digits. */
const german =
  /(?<![\p{L}\p{N}-])[CFGHJK](?=[\dCFGHJKLMNPRTVWXYZ]*\d)[\dCFGHJKLMNPRTVWXYZ]{8}(?![\p{L}\p{N}-])/gu;

/** Passport-like numbers. Their shape is ambiguous, so only those near a word for passport count. */
export const passportRecogniser: Recogniser = {
  name: 'passport-in-context',
  class: 'passport',
  mayMatch: (text) => /pass|pasaport|paszport|旅券|パスポート/i.test(text),
  context:
    /passport|passeport|reisepass|pasaporte|passaporto|passaporte|paspoort|paszport|\bpass-?nr|旅券|パスポート/i,
  scoreInContext: 0.8,
  *find(text) {
    for (const shape of [passportPattern, german]) {
      for (const { start, end } of spansOf(shape, text)) yield { start, end, score: 0.1 };
    }
  },
};
