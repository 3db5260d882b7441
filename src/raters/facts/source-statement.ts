import type { Passage } from '../../ports/retriever.ts';
import type { ReadSentences, Token } from './language-model.ts';
import { isName, numberOf, readStatement, type Statement } from './read-statement.ts';

/** A sentence of the evidence with indexes of its words. */
export interface SourceStatement extends Statement {
  /** Lemmas and lower-case words of the sentence. */
  readonly known: ReadonlySet<string>;
  readonly numbers: ReadonlySet<number>;
  /** Names of the passage's topic, for sentences with a pronoun as subject. */
  readonly topic: ReadonlySet<string>;
}

/** The sentences of a passage, with pronoun subjects resolved to the last named subject. */
export function sourceStatements(passage: Passage, read: ReadSentences): readonly SourceStatement[] {
  let topic: ReadonlySet<string> = new Set();
  return read(passage.text).map((sentence) => {
    const statement = readStatement(sentence);
    const names = statement.subject.filter(isName);
    const [first] = sentence.tokens;
    const pronoun = first !== undefined && /^(?:he|she|it|they|his|her|its|their)$/.test(first.lower);
    if (names.length > 0 && !pronoun) topic = new Set(names.flatMap(formsOf));
    return {
      ...statement,
      known: new Set(sentence.tokens.flatMap(formsOf)),
      numbers: new Set(sentence.tokens.map(numberOf).filter((value) => value !== null)),
      topic: pronoun ? topic : new Set(),
    };
  });
}

/** The lookup keys of a word: its lower-case form and its lemma. */
export function formsOf({ lower, lemma }: Token): readonly string[] {
  return lower === lemma ? [lower] : [lower, lemma];
}
