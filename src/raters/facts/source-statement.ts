import type { Passage } from '../../ports/retriever.ts';
import type { ReadSentences, Token } from './language-model.ts';
import { isName, numberOf, readStatement, type Statement } from './read-statement.ts';

/** A sentence of the evidence, with what is needed to look words up in it. */
export interface SourceStatement extends Statement {
  /** Lemmas and lower-case words of the sentence. */
  readonly known: ReadonlySet<string>;
  readonly numbers: ReadonlySet<number>;
  /** Whom the passage is about, for sentences whose subject is a pronoun. */
  readonly topic: ReadonlySet<string>;
}

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

/** What a word is looked up by: as written, and its lemma. */
export function formsOf({ lower, lemma }: Token): readonly string[] {
  return lower === lemma ? [lower] : [lower, lemma];
}
