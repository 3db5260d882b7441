import { visitShingles } from '../../stats/similarity/minhash.ts';
import { lexicons } from '../../text/lexicons.ts';
import { taughtText } from '../example.ts';
import { notMeasured, percent, type QualityCheck, statusOf } from './check.ts';
import { remember } from './remember.ts';

/** Words that alone mark a reply as toxic; topics such as weapons or drugs are not toxicity. */
const toxic = new Set([...lexicons.profanity, ...lexicons.slurs].filter((phrase) => !phrase.includes(' ')));
const toxicHashes = new Set<number>();
for (const word of toxic) visitShingles(word, 1, (hash) => toxicHashes.add(hash));

/** SHOULD: chosen responses are free of profanity and slurs. Value: share of rows with such a word (a tripwire). */
export function toxicity(maxShare = 0.01): QualityCheck {
  const target = `at most ${percent(maxShare)} chosen responses with profanity or slurs`;
  let n = 0;
  let found = 0;
  const examples: string[] = [];
  const isToxic = remember(hasToxicWord);
  return {
    observe(example) {
      const text = taughtText(example);
      if (text === null) return;
      n += 1;
      if (!isToxic(text)) return;
      found += 1;
      if (examples.length < 10) examples.push(example.meta.id);
    },
    conclude() {
      if (n === 0) return notMeasured('toxicity', 'SHOULD', target, 'no row teaches a response');
      const value = found / n;
      const message = `${found} of ${n} chosen responses have a word of the profanity or slur lists`;
      return {
        check: 'toxicity',
        level: 'SHOULD',
        status: statusOf('SHOULD', value <= maxShare),
        value,
        n,
        target,
        message,
        details: { examples },
      };
    },
  };
}

/** Compares words by hash, and by letters only on a hash match, which most texts never have. */
function hasToxicWord(text: string): boolean {
  let suspected = false;
  visitShingles(text, 1, (hash) => {
    suspected ||= toxicHashes.has(hash);
  });
  return (
    suspected &&
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}'-]+/u)
      .some((word) => toxic.has(word))
  );
}

/** Sample size of language detection. */
const sampled = 2000;

/** INFO: languages of the responses to learn from, over an evenly spread sample of the first rows. */
export function languageMix(detect: (text: string) => string | null): QualityCheck {
  const target = 'the languages that your users write';
  const counts = new Map<string, number>();
  let seen = 0;
  let n = 0;
  return {
    observe(example) {
      const text = taughtText(example);
      seen += 1;
      // every row at first, then progressively fewer, to bound memory and time
      if (text === null || n >= sampled || (seen > 500 && seen % 50 !== 0)) return;
      n += 1;
      const language = detect(text) ?? 'unknown';
      counts.set(language, (counts.get(language) ?? 0) + 1);
    },
    conclude() {
      if (n === 0) return notMeasured('language_mix', 'INFO', target, 'no row teaches a response');
      const sorted = [...counts].sort(([, a], [, b]) => b - a);
      const message = `${sorted.map(([language, count]) => `${language} ${percent(count / n)}`).join(', ')} (sample of ${n})`;
      const details = Object.fromEntries(sorted);
      return {
        check: 'language_mix',
        level: 'INFO',
        status: 'pass',
        value: sorted[0]![1] / n,
        n,
        target,
        message,
        details,
      };
    },
  };
}
