import {
  passesCodiceFiscale,
  passesCpf,
  passesDni,
  passesNir,
  passesPesel,
  passesSteuerId,
} from '../checksums.ts';
import { anyWord, type Recogniser, spansOf } from '../recogniser.ts';

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
