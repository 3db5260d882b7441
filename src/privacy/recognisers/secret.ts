import { type Match, type Recogniser, spansOf } from '../recogniser.ts';

/** Keys and tokens by the prefixes of their issuers, and headers of private key files. */
const issued: readonly RegExp[] = [
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g, // AWS access key
  /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{36,251}/g, // GitHub
  /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{40,}/g,
  /(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,}/g, // GitLab
  /(?<![A-Za-z0-9])xox[abeprs]-[A-Za-z0-9-]{10,}/g, // Slack
  /(?<![A-Za-z0-9])[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g, // Stripe
  /(?<![A-Za-z0-9])sk-(?:ant-|proj-|svcacct-|or-v1-)?[A-Za-z0-9_-]{20,}/g, // OpenAI, Anthropic, OpenRouter
  /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9])/g, // Google
  /(?<![A-Za-z0-9])ya29\.[A-Za-z0-9_-]{20,}/g,
  /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}/g, // Hugging Face
  /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/g,
  /(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{30,}/g,
  /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g, // SendGrid
  /(?<![A-Za-z0-9])\d{8,10}:AA[A-Za-z0-9_-]{32,}/g, // Telegram bot
  /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g, // JSON web token
  /-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY-----/g,
];
/** The password of `scheme://user:password@host`, which also resembles an e-mail address. */
const inUrl = /\b[a-z][a-z0-9+]{1,20}:\/\/[^\s:@/]{1,64}:(?<value>[^\s@/]{4,128})(?=@)/g;
/** `password: …`, `api_key = "…"`: random values with the name of a secret. */
const named =
  /(?:api[_-]?key|secret(?:[_-]?(?:access)?[_-]?key)?|access[_-]?token|auth[_-]?token|bearer|token|passw(?:or)?d|passwort|mot de passe|contraseña|senha|hasło)["']?\s{0,3}(?:[:=]|\bis\b|\s)\s{0,3}["']?(?<value>[^\s"',;<>]{8,200})/giu;
const issuedHint = /[_-][A-Za-z0-9_-]{10}|AKIA|ASIA|AIza|SG\.|:AA|-----BEGIN/;
const space = 32;

/** API keys, tokens, private keys and passwords. */
export const secretRecogniser: Recogniser = {
  name: 'secret',
  class: 'secret',
  mayMatch: mayHoldSecret,
  *find(text): Generator<Match> {
    for (const pattern of issued) {
      for (const { start, end } of spansOf(pattern, text)) yield { start, end, score: 0.95 };
    }
    for (const { start, end } of spansOf(inUrl, text)) yield { start, end, score: 0.99 };
    for (const { value, start } of spansOf(named, text)) {
      const trimmed = value.replace(/[.)\]}!?]+$/, '');
      if (isRandom(trimmed)) yield { start, end: start + trimmed.length, score: 0.7 };
    }
  },
};

/** Necessary conditions of the patterns above, cheapest first. */
function mayHoldSecret(text: string): boolean {
  return (
    issuedHint.test(text) ||
    text.includes('eyJ') ||
    text.includes('ya29.') ||
    text.includes('://') ||
    hasDigitInLongWord(text)
  );
}

/** Whether the text has 8 or more consecutive non-space characters including a digit, as named secrets do. */
function hasDigitInLongWord(text: string): boolean {
  const digit = /\d/g;
  for (let match = digit.exec(text); match !== null; match = digit.exec(text)) {
    let start = match.index;
    let end = match.index + 1;
    while (start > 0 && text.charCodeAt(start - 1) > space) start -= 1;
    while (end < text.length && text.charCodeAt(end) > space) end += 1;
    if (end - start >= 8) return true;
    digit.lastIndex = end;
  }
  return false;
}

/** Mixed character classes and a Shannon entropy of at least 2.8 bits per character; words and placeholders have less. */
function isRandom(value: string): boolean {
  if (value.length < 8 || /^[<${[]|^\*+$|x{4,}|\.\.\.|^https?:|your|example/i.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return /\d/.test(value) && kinds >= (value.length >= 20 ? 2 : 3) && bits >= 2.8;
}
