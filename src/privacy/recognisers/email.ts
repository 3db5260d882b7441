import { type Recogniser, spansOf } from '../recogniser.ts';

const pattern =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_%+](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_%+-])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,6}\p{L}{2,24}(?![\p{L}\p{N}@])/gu;
/** `logo@2x.png` is a file name. */
const fileEndings = /\.(?:png|jpe?g|gif|svg|webp|css|js|ts|py|md|html?)$/i;

/** E-mail addresses (the common subset of RFC 5322, including internationalised names). */
export const emailRecogniser: Recogniser = {
  name: 'email',
  class: 'email',
  mayMatch: (text) => text.includes('@'),
  *find(text) {
    for (const { value, start, end } of spansOf(pattern, text)) {
      if (!fileEndings.test(value) && !value.includes('..')) yield { start, end, score: 0.95 };
    }
  },
};
