import { anyWord, type Recogniser, spansOf } from '../recogniser.ts';

const v4 =
  /(?<![\d.]|[vV]|[vV]ersion |§ ?)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d]|\.\d)/g;
const v6 =
  /(?<![\p{L}\p{N}:.])(?=[\dA-Fa-f:.]*:[\dA-Fa-f:.]*:)[\dA-Fa-f:]{2,39}(?:\.\d{1,3}){0,3}(?![\p{L}\p{N}:])/gu;
/** Loopback, unspecified and broadcast addresses identify no person. */
const impersonal = /^(?:127\.|0\.0\.0\.0$|255\.255\.|::1?$)/;

/** IPv4 and IPv6 addresses that may identify a person. */
export const ipAddressRecogniser: Recogniser = {
  name: 'ip-address',
  class: 'ip_address',
  mayMatch: (text) => /\d\.\d|:[\dA-Fa-f]*:/.test(text),
  context: anyWord(
    'ip|ipv[46]|address|adresse|dirección|indirizzo|endereço|adres|host|server|client|login|logged|アドレス',
  ),
  scoreInContext: 0.95,
  *find(text) {
    for (const { value, start, end } of spansOf(v4, text)) {
      // 1.2.3.4 is more likely a version or section number
      const small = value.split('.').every((part) => Number(part) < 20);
      if (!impersonal.test(value)) yield { start, end, score: small ? 0.3 : 0.75 };
    }
    for (const { value, start, end } of spansOf(v6, text)) {
      if (isV6(value) && !impersonal.test(value)) yield { start, end, score: 0.85 };
    }
  },
};

function isV6(value: string): boolean {
  const halves = value.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[\dA-Fa-f]{1,4}$/.test(group))) return false;
  // "10:42:07" is a time and "a::b" a scope operator: an address has more digits
  return halves.length === 2
    ? groups.length >= 2 && groups.length < 8 && /\d/.test(value) && value.length > 5
    : groups.length === 8;
}

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
