import { anyWord, type Recogniser, spansOf } from '../recogniser.ts';

const months =
  'jan(?:uary|uar|vier|eiro)?|ene(?:ro)?|genn(?:aio)?|stycznia|feb(?:ruary|ruar|rero|braio)?|févr(?:ier)?|fevereiro|lutego|mar(?:ch|zo|ço|s|ca)?|märz|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|kwietnia|may|mai|mayo|maggio|maio|maja|june?|juni|juin|junio|giugno|junho|czerwca|july?|juli|juillet|julio|luglio|julho|lipca|aug(?:ust)?|août|agosto|sierpnia|sep(?:t|tember|tembre|tiembre)?|settembre|setembro|września|o[ck]t(?:ober|obre|ubre)?|ottobre|outubro|października|nov(?:ember|embre|iembre|embro)?|listopada|de[cz](?:ember|embre)?|déc(?:embre)?|dic(?:iembre|embre)?|dezembro|grudnia';
const year = '(?:19|20)\\d{2}';
const day = '(?:0?[1-9]|[12]\\d|3[01])';
const month = '(?:0?[1-9]|1[0-2])';
const pattern = new RegExp(
  [
    `(?<![\\d])(?:${year}[-/.]${month}[-/.]${day}`,
    `${day}[-/.]${month}[-/.](?:${year}|\\d{2})`,
    `${month}/${day}/(?:${year}|\\d{2})`,
    `${day}(?:st|nd|rd|th|\\.|º|er)?\\s+(?:de\\s+)?(?:${months})\\.?,?\\s+(?:de\\s+)?${year}`,
    `(?:${months})\\.?\\s+${day}(?:st|nd|rd|th)?,?\\s+${year}`,
    `${year}年${month}月${day}日)(?!\\d)`,
  ].join('|'),
  'giu',
);

/** Every date above has a four-digit year or numbers joined by a separator. */
const dateLike = /(?:19|20)\d{2}|\d[-/.]\d/;

const birthWords = anyWord(
  'born|birth ?(?:date|day)|d\\.?o\\.?b|date of birth|geb(?:oren|urtsdatum|urtstag|\\.)|née? le|date de naissance|naissance|nacid[oa]|fecha de nacimiento|nat[oa] (?:il|a )|data di nascita|nascid[oa]|data de nascimento|nascimento|nascita|urodz(?:on[ya]|enia)|ur\\.|geboortedatum|生年月日|生まれ',
);

/** Dates described as a date of birth. A date alone is not personal data. */
export const birthDateRecogniser: Recogniser = {
  name: 'birth-date-in-context',
  class: 'birth_date',
  mayMatch: (text) => dateLike.test(text) && birthWords.test(text),
  context: birthWords,
  scoreInContext: 0.85,
  *find(text) {
    for (const { start, end } of spansOf(pattern, text)) yield { start, end, score: 0.1 };
  },
};
