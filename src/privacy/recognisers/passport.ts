import { type Recogniser, spansOf } from '../recogniser.ts';

const pattern = /(?<![\p{L}\p{N}-])(?=(?:[A-Z]*\d){5})[A-Z\d]{7,10}(?![\p{L}\p{N}-])/gu;
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
    for (const shape of [pattern, german]) {
      for (const { start, end } of spansOf(shape, text)) yield { start, end, score: 0.1 };
    }
  },
};
