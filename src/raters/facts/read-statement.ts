import type { Sentence, Token } from './language-model.ts';

/** A number with the noun it counts, if one follows; years are dates. */
export interface Quantity {
  readonly value: number;
  readonly unit: string | null;
  readonly token: Token;
  /** Approximate ("at least", "about", "over"), so that another number is no contradiction. */
  readonly rough: boolean;
}

/** The comparable parts of a sentence. */
export interface Statement {
  readonly sentence: Sentence;
  /** Content words: nouns, names, verbs, adjectives, adverbs, numbers. */
  readonly content: readonly Token[];
  /** Words before the main verb. */
  readonly subject: readonly Token[];
  readonly verb: Token | null;
  readonly passive: boolean;
  readonly negated: boolean;
  /** Words that weaken or change the statement: might, alleged, nearly, former… */
  readonly hedges: ReadonlySet<string>;
  /** Words of extent, which change the truth value: all, only, first, never… */
  readonly extents: ReadonlySet<string>;
  readonly years: readonly Token[];
  readonly quantities: readonly Quantity[];
  /** The lemma of the governing verb of each content word after a verb. */
  readonly governors: ReadonlyMap<Token, string>;
}

const words = (text: string) => new Set(text.split(' '));
const negations = words("not n't n’t never no none nobody nothing neither nor without cannot");
const hedgeWords = words(
  'may might could would should perhaps possibly probably likely allegedly alleged reportedly rumored rumoured claimed claims supposedly purportedly purported nearly almost partly partially former formerly ex attempted failed planned proposed unsuccessful unsuccessfully if unless whether considered believed thought disputed denied expected hoped wanted tried hypothetical fictional fictitious pseudo some few several many other rarely seldom hardly barely scarcely',
);
const extentWords = words(
  'all every each only most first last second third always never both none sole solely entirely exclusively original youngest oldest largest biggest smallest highest lowest best worst longest greatest final latest earliest until since before after still no more less than than over under',
);
const roughWords = words(
  'about approximately around roughly over under nearly almost least most than up circa some',
);
const contentTags = words('NOUN PROPN VERB ADJ ADV NUM X SYM INTJ');
const emptyVerbs = words('be have do');
const numberWords: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  hundred: 100,
  thousand: 1000,
  million: 1e6,
  billion: 1e9,
  dozen: 12,
};

/** Extracts the comparable parts of a sentence. */
export function readStatement(sentence: Sentence): Statement {
  const { tokens } = sentence;
  const verbAt = mainVerb(tokens);
  const years = tokens.filter(isYear);
  return {
    sentence,
    content: tokens.filter(isContent),
    subject: tokens.slice(0, Math.max(verbAt, 0)).filter(isContent),
    verb: tokens[verbAt] ?? null,
    passive: isPassive(tokens, verbAt),
    negated: tokens.some(({ lower }) => negations.has(lower)),
    hedges: present(
      tokens.filter((_token, index) => !isMay(tokens, index)),
      hedgeWords,
    ),
    extents: present(tokens, extentWords),
    years,
    quantities: quantitiesOf(tokens),
    governors: governorsOf(tokens),
  };
}

/** The value of a number in digits, or in words (0 to 20 and round numbers); null for other words. */
export function numberOf(token: Token): number | null {
  const word = numberWords[token.lower];
  if (word !== undefined) return word;
  if (!/^\d[\d,]*(?:\.\d+)?%?$/.test(token.text)) return null;
  return Number(token.text.replace(/[,%]/g, ''));
}

/** Whether a word is a year from 1000 to 2099. */
export function isYear(token: Token): boolean {
  return /^(?:1[0-9]|20)\d{2}$/.test(token.text);
}

/** Whether a word is a capitalised proper noun. */
export function isName(token: Token): boolean {
  return token.pos === 'PROPN' && /^\p{Lu}/u.test(token.text);
}

function isContent(token: Token): boolean {
  if (!contentTags.has(token.pos) || !/[\p{L}\p{N}]/u.test(token.text)) return false;
  return !(emptyVerbs.has(token.lemma) && !isName(token)) && !negations.has(token.lower);
}

function governorsOf(tokens: readonly Token[]): ReadonlyMap<Token, string> {
  const governors = new Map<Token, string>();
  let verb: string | null = null;
  tokens.forEach((token, index) => {
    if (token.pos === 'VERB' || token.pos === 'AUX' || mayBeVerb(tokens, index)) verb = token.lemma;
    else if (verb !== null && isContent(token)) governors.set(token, verb);
  });
  return governors;
}

/** "take in carbon dioxide and release oxygen": a word tagged as a noun may be a verb. */
function mayBeVerb(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1]?.pos ?? '';
  return (
    tokens[index]!.pos === 'NOUN' &&
    /^(?:and|or|but)$/.test(tokens[index - 1]?.lower ?? '') &&
    /^(?:NOUN|PROPN|DET|ADJ|NUM|PRON)$/.test(next)
  );
}

/** The first full verb; without one, the first `be` or `have`. */
function mainVerb(tokens: readonly Token[]): number {
  const full = tokens.findIndex(({ pos, lemma }) => pos === 'VERB' && !emptyVerbs.has(lemma));
  const any = tokens.findIndex(({ pos }) => pos === 'AUX' || pos === 'VERB');
  // "was a singer born in Rome": the copula is the main verb
  if (any !== -1 && full !== -1 && full - any > 2) return any;
  return full === -1 ? any : full;
}

function isPassive(tokens: readonly Token[], verbAt: number): boolean {
  // "(born 1815 in London)"
  if (tokens[verbAt]?.lower === 'born') return true;
  const before = tokens.slice(Math.max(0, verbAt - 3), Math.max(verbAt, 0));
  return tokens[verbAt]?.pos === 'VERB' && before.some(({ lemma, pos }) => lemma === 'be' && pos === 'AUX');
}

/** Whether "May" is the month: "May 19", "19 May", "in May". */
function isMay(tokens: readonly Token[], index: number): boolean {
  if (tokens[index]!.text !== 'May') return false;
  const beside = [tokens[index - 1], tokens[index + 1]];
  return beside.some(
    (token) => token !== undefined && (token.lower === 'in' || /^\d+(?:st|nd|rd|th)?$/.test(token.text)),
  );
}

function present(tokens: readonly Token[], list: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(tokens.map(({ lower }) => lower).filter((lower) => list.has(lower)));
}

function quantitiesOf(tokens: readonly Token[]): readonly Quantity[] {
  return tokens.flatMap((token, index) => {
    const value = isYear(token) ? null : numberOf(token);
    if (value === null) return [];
    const next = tokens[index + 1];
    const unit = token.text.endsWith('%')
      ? '%'
      : (tokens.slice(index + 1, index + 4).find(({ pos }) => pos === 'NOUN')?.lemma ?? null);
    // "2 million", "twenty-one": the number spans several words
    const joined =
      (next !== undefined && numberOf(next) !== null) ||
      next?.text === '-' ||
      tokens[index - 1]?.text === '-';
    const rough =
      joined ||
      tokens.slice(Math.max(0, index - 3), index).some(({ lower }) => roughWords.has(lower)) ||
      next?.text === '+';
    return [{ value, unit, token, rough }];
  });
}
