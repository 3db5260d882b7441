import type { ItsHelpers, WinkMethods } from 'wink-nlp';
import { type Block, blocksOf, type SentencePlace } from './cut-sentences.ts';

/** One tagged word. Offsets are UTF-16 units in the text. */
export interface Token {
  readonly text: string;
  /** In lower case and without accents, so that "Martínez" equals "Martinez". */
  readonly lower: string;
  readonly lemma: string;
  /** Universal part of speech: NOUN, PROPN, VERB, AUX, NUM… */
  readonly pos: string;
  readonly start: number;
  readonly end: number;
}

/** A sentence with its tagged words. */
export interface Sentence extends SentencePlace {
  readonly tokens: readonly Token[];
}

/** Splits a text into sentences of tagged words. */
export type ReadSentences = (text: string) => readonly Sentence[];

let opened: Promise<ReadSentences> | undefined;

/** The embedded English model (wink-nlp): sentence boundaries, parts of speech, lemmas. Loaded once, in about 0.1 s. */
export function openLanguageModel(): Promise<ReadSentences> {
  opened ??= open();
  return opened;
}

async function open(): Promise<ReadSentences> {
  const [{ default: wink }, { default: model }] = await Promise.all([
    import('wink-nlp'),
    import('wink-eng-lite-web-model'),
  ]);
  const nlp = wink(model, ['sbd', 'pos']);
  return (text) => blocksOf(text).flatMap((block) => readBlock(nlp, nlp.its, text, block));
}

function readBlock(nlp: WinkMethods, its: ItsHelpers, text: string, block: Block): Sentence[] {
  const document = nlp.readDoc(text.slice(block.start, block.end));
  const all = document.tokens();
  const values = all.out() as string[];
  const lemmas = all.out(its.lemma as ItsHelpers['pos']) as string[];
  const tags = all.out(its.pos) as string[];
  const spaces = all.out(its.precedingSpaces) as string[];
  const spans = document.sentences().out(its.span) as unknown as (readonly [number, number])[];
  const tokens: Token[] = [];
  let at = block.start;
  for (const [index, value] of values.entries()) {
    at += spaces[index]?.length ?? 0;
    const lower = plain(value.toLowerCase());
    tokens.push({
      text: value,
      lower,
      lemma: plain(lemmas[index]!),
      pos: tags[index]!,
      start: at,
      end: at + value.length,
    });
    at += value.length;
  }
  return spans.flatMap(([first, last]) => {
    const own = tokens.slice(first, last + 1);
    const [start, end] = [own[0]?.start ?? 0, own.at(-1)?.end ?? 0];
    return own.length === 0 ? [] : [{ text: text.slice(start, end), start, end, tokens: own }];
  });
}

/** Without accents. */
function plain(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : text.normalize('NFD').replace(/\p{M}/gu, '');
}
