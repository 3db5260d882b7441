import { markedAnswer } from './final-answer.ts';

/** A number that a text says, and where. Offsets are UTF-16 units. */
export interface WrittenNumber {
  readonly value: number;
  /** 50 % is 50 to one writer and 0.5 to another. */
  readonly percent: boolean;
  readonly start: number;
  readonly end: number;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const vulgar = '¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞';
/** Digits with what divides them. One comma before no group of three is a decimal comma, but not in `1,2,3` or `(1,2)`. */
const body = [
  '\\d{1,3}(?:(?:,|\\{,\\}|\\\\,)\\d{3})+(?!\\d)(?:\\.\\d+)?',
  '\\d{1,3}(?:\\.\\d{3})+(?!\\d),\\d+',
  '\\d{1,3}(?:\\.\\d{3}){2,}(?!\\d)',
  "\\d{1,3}(?:[ \\u00a0\\u2009\\u202f'’]\\d{3})+(?!\\d)(?:[.,]\\d+)?",
  '(?<![\\d,([])\\d+,(?:\\d{1,2}|\\d{4,})(?![\\d,])',
  '\\d+(?:\\.\\d+)?|(?<!\\d)\\.\\d+',
].join('|');
const number = new RegExp(
  [
    // a hyphen behind a letter or a digit joins or spans: COVID-19, 3-5
    '(?<sign>(?<![\\p{L}\\p{N})\\]}])-)?[$€£¥]?',
    '(?:\\\\[dt]?frac\\{(?<above>\\d+(?:\\.\\d+)?)\\}\\{(?<under>\\d+(?:\\.\\d+)?)\\}',
    `|(?<whole>\\d{1,6}) (?<part>\\d{1,6}/\\d{1,6})(?![\\d/])`,
    `|(?<body>${body})(?:e(?<e>[-+]?\\d{1,3})(?!\\d))?`,
    `(?:\\s?(?:[×x*·⋅]|\\\\times|\\\\cdot)\\s?10(?=[\\^${superscripts}⁻])(?<ten>))?`,
    `(?:\\^\\{?(?<power>[-+]?\\d{1,3})\\}?|(?<raised>⁻?[${superscripts}]{1,3}))?`,
    `(?:\\s?(?<vulgar>[${vulgar}])|\\s?[/⁄]\\s?(?<below>\\d+(?:\\.\\d+)?)(?![\\d/]))?`,
    `|(?<alone>[${vulgar}]))`,
    '(?<percent>\\s?\\\\?%)?',
  ].join(''),
  'giu',
);

/**
 * The number that a text answers with: in a marked answer the first, behind its last "=" if it has one; else the last
 * of the text, or null.
 */
export function answeredNumber(text: string): WrittenNumber | null {
  const plain = withAsciiDigits(text);
  const marked = markedAnswer(plain);
  if (marked !== null) {
    const from = marked.start + plain.slice(marked.start, marked.end).lastIndexOf('=') + 1;
    const [first] = numbersOf(plain.slice(from, marked.end), from);
    if (first !== undefined) return first;
  }
  let last: WrittenNumber | null = null;
  for (const written of numbersOf(plain, 0)) last = written;
  return last;
}

/** Within the tolerances; where only one of the two says percent, it may also be the hundredth. */
export function sameNumber(
  given: WrittenNumber,
  wanted: WrittenNumber,
  allowed: { readonly tolerance: number; readonly relative: number },
): boolean {
  const isNear = (a: number, b: number) =>
    a === b || Math.abs(a - b) <= Math.max(allowed.tolerance, allowed.relative * Math.abs(b));
  if (isNear(given.value, wanted.value)) return true;
  if (given.percent === wanted.percent) return false;
  return given.percent ? isNear(given.value / 100, wanted.value) : isNear(given.value, wanted.value / 100);
}

function* numbersOf(text: string, offset: number): Generator<WrittenNumber> {
  for (const match of text.matchAll(number)) {
    const groups = match.groups as Readonly<Record<string, string | undefined>>;
    const value = unsigned(groups);
    if (Number.isNaN(value)) continue;
    const start = offset + match.index;
    yield {
      value: groups.sign === undefined ? value : -value,
      percent: groups.percent !== undefined,
      start,
      end: start + match[0].trimEnd().length,
    };
  }
}

function unsigned(groups: Readonly<Record<string, string | undefined>>): number {
  const { above, under, whole, part, alone, below } = groups;
  if (above !== undefined) return Number(above) / Number(under);
  if (whole !== undefined) {
    const [over, total] = part!.split('/');
    return Number(whole) + Number(over) / Number(total);
  }
  if (alone !== undefined) return vulgarValue(alone);
  let value = bodyValue(groups.body!);
  if (groups.e !== undefined) value = Number(`${value}e${groups.e}`);
  const exponent = groups.power ?? (groups.raised === undefined ? undefined : fromSuperscript(groups.raised));
  if (exponent !== undefined)
    value = groups.ten === undefined ? value ** Number(exponent) : Number(`${value}e${Number(exponent)}`);
  if (groups.vulgar !== undefined) value += vulgarValue(groups.vulgar);
  return below === undefined ? value : value / Number(below);
}

/** The last sign is the decimal one unless it is a group's. */
function bodyValue(written: string): number {
  const plain = written.replace(/\{,\}|\\,/g, ',').replace(/[ \u00a0\u2009\u202f'’]/g, '');
  const isGrouped = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain) || /^\d+(?:\.\d+)?$|^\.\d+$/.test(plain);
  if (isGrouped) return Number(plain.replaceAll(',', ''));
  return Number(plain.replaceAll('.', '').replace(',', '.'));
}

function vulgarValue(sign: string): number {
  const [above, below] = sign.normalize('NFKC').split('⁄');
  return Number(above) / Number(below);
}

function fromSuperscript(written: string): string {
  return written.replace(/./gu, (sign) => (sign === '⁻' ? '-' : String(superscripts.indexOf(sign))));
}

/** Digits of every script as ASCII, and the minus sign as a hyphen; offsets stay. */
function withAsciiDigits(text: string): string {
  return text
    .replaceAll('−', '-')
    .replace(/[^\P{Nd}0-9]/gu, (digit) => (digit.length === 1 ? String(digitValue(digit)) : digit));
}

/** Unicode keeps the ten digits of a script in order: the value is how many stand before in its row. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}
