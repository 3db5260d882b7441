import type { ItsHelpers, WinkMethods } from 'wink-nlp';

/** One word with what the language model says of it. Offsets are UTF-16 units in the text. */
export interface Token {
  readonly text: string;
  readonly lower: string;
  readonly lemma: string;
  /** Universal part of speech: NOUN, PROPN, VERB, AUX, NUM… */
  readonly pos: string;
  readonly start: number;
  readonly end: number;
}

export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
}

/** Cuts a text into sentences of tagged words. */
export type ReadSentences = (text: string) => readonly Sentence[];

/** Longest text that is read at once; the tagger's memory grows with it. */
const longestText = 20_000;
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

interface Block {
  readonly start: number;
  readonly end: number;
}

/** Lines stand for themselves: a list entry or a heading does not run on into the next. */
function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const match of text.matchAll(/[^\n]+/g)) {
    const lead = /^\s*(?:[-*+•#>]+|\d{1,3}[.)])?\s*/.exec(match[0])![0].length;
    for (let start = match.index + lead; start < match.index + match[0].length; start += longestText) {
      blocks.push({ start, end: Math.min(start + longestText, match.index + match[0].length) });
    }
  }
  return blocks;
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
    const lower = value.toLowerCase();
    tokens.push({
      text: value,
      lower,
      lemma: lemmas[index]!,
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
