import type { Statement, StatementKind } from './statement.ts';

/**
 * How a statement is used in its sentence.
 * - `final`: declared as the verdict after a word such as "final verdict", "therefore" or "on reflection"
 * - `declared`: declared as the verdict ("Verdict: [[A]]", "I choose [[A]]")
 * - `stated`: stands apart, or ends its sentence, and nothing in the sentence takes it back
 * - `compared`: what another label is compared with ("better than [[B]]", "between [[A]] and [[B]]")
 * - `negated`: "not [[B]]", "I would not choose [[B]]"
 * - `qualified`: a condition, a past or passing thought, an example, a question, a part of the question
 * - `parenthesised`: inside a remark in parentheses
 * - `mentioned`: a noun of a sentence that says something about it ("[[B]] is off topic")
 * - `quoted`: introduced as the words of another text ("It reads: [[B]]")
 */
export type StatementUse =
  | 'final'
  | 'declared'
  | 'stated'
  | 'compared'
  | 'negated'
  | 'qualified'
  | 'parenthesised'
  | 'mentioned'
  | 'quoted';

/** The longest part of a sentence that is looked at, in UTF-16 units. */
const reach = 240;
const markup = String.raw`[\s*_~\x60"'“”„‘’«»$\\{}()\[\]|>]`;

/** A quotation is announced and follows: "It reads: …", "The response ends with …". */
export const announcesQuotation =
  /\b(?:(?:response|answer|assistant|output|candidate|text|prompt|model|author|writer|user|it|which|that|one|latter|former|[ab]|\([ab]\))['’]?s?(?: (?:response|answer|itself|also|only|even|then|just|literally|simply|text|last line|final line|line|end|ending))?|ends?|there) (?:says?|said|reads?|states?|stated|claims?|claimed|writes?|wrote|written|ends?|ended|begins?|starts?|closes?|closed|finish(?:es|ed)?|contains?|includes?|concludes?|concluded|asserts?|declares?|tells?|quotes?|outputs?|prints?|demands?|asks?|instructs?|insists?|announces?|repeats?|argues?|goes|was|were|is quoted)\b(?:[\s*_]*$|[^.!?\n]{0,40}?(?::|,? ["“”'‘\x60]|\b(?:with|that|as follows|by|in|on)\b))|\b(?:i quote|quot(?:e|ing|ation)|verbatim|word for word|as follows|copied|excerpt|cited?)\b[^.!?\n]{0,60}:/gi;

const negation =
  /\b(?:not|never|neither|nor|cannot|without|hardly|scarcely|against|reject(?:s|ed|ing)?|rul(?:e|ed|ing) out|exclud(?:e|ed|ing)|discard(?:ed|ing)?|refus(?:e|ed|ing)|avoid(?:ed|ing)?|except|dismiss(?:ed|ing)?|disagree|wrong(?:ly)? to|no(?= \w)|nicht|kein\w*|niemals|pas|jamais|nunca|nem|não|niet|geen)\b|\w\w?n['’]t\b|(?<![\p{L}])(?:не|нет|ни)(?![\p{L}])|[不没沒非别勿無无]|아니|ない/iu;
const condition =
  /\b(?:if|unless|otherwise|suppos(?:e|ing)|assuming|imagine|were it|had (?:it|they|the|i|we)|but for|provided|wenn|falls|hätte|wäre|si|se)\b|если|如果|若/i;
const passing =
  /\b(?:(?:would|could|might|should|may) have|could|might|perhaps|maybe|possibly|almost|nearly|tempt(?:ed|ing)|consider(?:ed|ing)?|lean(?:ed|ing)?|initially|at first|(?:first|initial) (?:thought|impression|glance|sight|guess|reaction|instinct|draft)|originally|previously|used to|whether|(?:some|others?|someone|somebody|people|many|you|one|they|readers|users|judges) (?:would|could|might|may|will|can|think|thought|say|said|choose|prefer|believe)|a case for|arguments? for|for example|for instance|e\.g\.?|such as|would look like|hypothetical\w*|expected|at a glance|on style|stylistically|in terms of|in style|for style|on length|the other judge|another judge|previous judge|(?:second|other) opinion)\b/i;
/** Conjunctions after which a sentence starts anew. */
const resumes =
  /[;—]|\b(?:so|therefore|thus|hence|but|yet|consequently|accordingly|finally|which makes|ultimately|overall|in conclusion)\b(?! far)/gi;
const comparedTo = new RegExp(
  String.raw`(?:\b(?:than|over|unlike|versus|vs\.?|against|with|to|instead of|rather than|opposed to|beats?|beating|outperforms?|defeats?|behind|before|above|below|after|of|between|and|or)|[<>])${markup}{0,12}$`,
  'i',
);
/** Words that only compare, whatever the form. */
const inferiorTo = new RegExp(
  String.raw`\b(?:than|over|unlike|versus|vs\.?|against|instead of|rather than|opposed to|compared (?:to|with)|superior to|beats?|beating|outperforms?|defeats?)${markup}{0,12}$`,
  'i',
);
const correction =
  /\b(?:wait|actually|correction|corrected|correcting|(?:on|upon|after) (?:second thoughts?|(?:further |closer )?(?:reflection|consideration|inspection|review|reading))|reconsider(?:ed|ing)?|i (?:was|am) (?:wrong|mistaken)|i made (?:a|an) (?:mistake|error)|scratch that|(?:take|took) (?:that|it) back|chang(?:e|ed|ing) my (?:mind|verdict|answer|vote)|or rather|i mean|strike that|never ?mind|revised|updated|final(?:ly)?)\b|(?:^|[\s.!?*_])(?:no|hmm|oops|sorry)[,:.!—–-]/i;
const finality =
  /\b(?:final(?:ly)?|overall|therefore|thus|hence|in conclusion|to conclude|in summary|to sum up|all in all|ultimately|so|i conclude)\b/i;
const lead = new RegExp(
  String.raw`\b(?:verdict|decision|answer|judge?ment|conclusion|choice|winner|preference|pick|vote|result|evaluation|assessment|ranking|better (?:one|response|answer|assistant|output)|urteil|ergebnis|entscheidung|veredicto|conclusión|jugement|conclusion|вердикт|i (?:\w+ ){0,2}?(?:choose|chose|select|pick|prefer|favou?r|vote for|go with|conclude|declare))\b(?: (?:is|are|as|goes to|remains|stands|would be|that|tie|it|assistant|response|[ab]|much|slightly|significantly|better|a)){0,7}\s{0,2}(?::|=|：|-|–|—)?${markup}{0,16}$|(?:结论|判决|判定|最终|判断|판정|결론|結論)[^\s]{0,6}${markup}{0,8}$`,
  'iu',
);

/** What may follow a label that is not the subject of its sentence. */
const standsApart = new RegExp(
  String.raw`^${markup}{0,12}(?:$|\n|[.!;:—–。！；，]|-(?!\w)|,(?! (?:which|who|that|is|was|has|on the|by contrast|though|however))|(?:because|since|as|due|given|although|though|even|despite|while|whereas|by|with|over|rather than|instead of|and not|not)\b)`,
);
/** A sentence that follows without a full stop before it. */
const newSentence = /^[*_`)\]]{0,4}\s+[A-Z][a-z']*\s/;
const nothing = new RegExp(`^${markup}*$`);
const isBetter =
  /^[\s*_`]{0,6}(?:is|remains|wins\b|was)(?: (?:clearly|much|slightly|significantly|far|overall|definitely|the|my|marginally|simply|also|still|therefore|a|bit|little|by far)){0,4}(?: (?:better|best|winner|stronger|superior|preferred|preferable|choice|verdict|answer|pick)(?: (?:one|response|answer|choice|output|assistant|option|verdict|overall)){0,2})?(?=[\s*_`]{0,4}(?:[.!,;:]|$|\n|because\b|since\b|as\b|than\b|to\b))/i;
const predicate =
  /^[*_)\]"]{0,4} (?:is(?! (?:my|the (?:final|verdict|answer)))|are|was|would|should|could|might|may|must|can|will|means?|requires?|indicates?|needs?|represents?|implies|corresponds?|has|had|does|did|lacks?|fails?)\b/i;
const takenBack =
  /^[\s*_`"'”’).,:;!?—–-]{0,8}(?:no|nope|not really|wrong|incorrect|just kidding|is wrong|is not|isn['’]t|was not|wasn['’]t|cannot|can['’]t|does not|doesn['’]t|should not|shouldn['’]t)\b(?! (?:matter|response|assistant|answer|doubt|question))/i;
const aspect =
  /^[\s*_`"'”’)]{0,6}(?:for|in terms of|on|regarding|with (?:respect|regard) to|in|at)\b(?! (?:my|conclusion|the end|all|this|being|its|their|the reasons?))/i;

/** Where a statement stands among its neighbours. */
export interface Surroundings {
  readonly text: string;
  /** Where the words before the statement begin at the earliest. */
  readonly from: number;
  /** Whether the statement before is in the same sentence and gives another reading. */
  readonly followsOther: boolean;
}

/** The use of a statement in its sentence. Quotation marks around it are handled by `markings`. */
export function useOf(
  statement: Statement<unknown>,
  { text, from, followsOther }: Surroundings,
  form: StatementKind<unknown>['form'],
): StatementUse {
  const before = sentenceBefore(text, statement.start, from);
  const after = sentenceAfter(text, statement.end);
  if (introducesQuotation(text, statement.start, from)) return 'quoted';
  if (statement.partial === true) return 'qualified';
  if (isParenthesised(text, statement)) return 'parenthesised';
  const declared = lead.exec(before);
  const clause = clauseBefore(before, declared?.index);
  if (takenBack.test(after) || negation.test(clause)) return 'negated';
  if (/^[\s*_`"'”’)\]}]{0,8}\?/.test(after) || /\?[\s*_`"'”’)]*$/.test(after.trimEnd())) return 'qualified';
  const own = declared === null ? afterResumption(before) : clause;
  if (condition.test(own) || condition.test(beforeBoundary(after)) || passing.test(clause))
    return 'qualified';
  if (inferiorTo.test(before)) return 'compared';
  if (form === 'label') {
    if (declared === null && (followsOther || comparedTo.test(before))) return 'compared';
    if (aspect.test(after)) return 'qualified';
    const opens = declared !== null || nothing.test(before);
    if (!standsApart.test(after) && !isBetter.test(after) && !(opens && newSentence.test(after))) {
      return 'mentioned';
    }
  } else if (predicate.test(after)) return 'mentioned';
  const whole = before.slice(-80);
  if (finality.test(whole) || correction.test(whole)) return 'final';
  return declared === null ? 'stated' : 'declared';
}

/** Whether the words before a statement take an earlier one back. */
export function corrects(between: string): boolean {
  announcesQuotation.lastIndex = 0;
  return correction.test(between.slice(-reach)) && !announcesQuotation.test(between);
}

/** A quotation that was announced with a colon reaches to the end of its paragraph. */
function introducesQuotation(text: string, at: number, from: number): boolean {
  const near = text.slice(Math.max(from, at - reach), at);
  const paragraph = near.slice(near.search(/\n[ \t]*\n(?![\s\S]*\n[ \t]*\n)/) + 1 || 0);
  const above = /(?:^|\n)([^\n]*:)[\s*_`"]*\n[\s*_`>"]*$/.exec(near)?.[1];
  const place = paragraph.trim() === '' && above !== undefined ? above : paragraph;
  announcesQuotation.lastIndex = 0;
  let found: RegExpExecArray | null = null;
  for (const match of `${above ?? ''} ${place}`.matchAll(announcesQuotation)) found = match;
  if (found === null) return false;
  const source = `${above ?? ''} ${place}`;
  const rest = source.slice(found.index + found[0].length);
  return found[0].endsWith(':') ? true : !/[.!?\n;]/.test(rest) && rest.length < 60;
}

/** The words of the sentence before an offset, with the line above if that ends in a colon. */
function sentenceBefore(text: string, at: number, from: number): string {
  const near = text.slice(Math.max(from, at - reach), at);
  const line = near.slice(near.lastIndexOf('\n') + 1);
  const sentence = line.slice(lastBoundary(line));
  if (!nothing.test(line)) return sentence;
  const above = /([^\n]*[:：])[\s*_`"]*$/.exec(near.slice(0, near.length - line.length))?.[1] ?? '';
  return above.slice(lastBoundary(above.slice(0, -1))) + sentence;
}

function lastBoundary(line: string): number {
  let last = 0;
  for (const match of line.matchAll(/[.!?。！？](?=[\s*_"”')]|[。！？])/g)) last = match.index + 1;
  return last;
}

function sentenceAfter(text: string, at: number): string {
  const near = text.slice(at, at + reach);
  const line = /\n/.exec(near)?.index ?? near.length;
  return near.slice(0, line);
}

/** What follows in the same sentence, without its reasons. */
function beforeBoundary(after: string): string {
  return (
    /^[\s\S]*?(?:[.!?](?=\s|[*_"”')])|\b(?:because|since|as|due|which|that)\b|$)/i.exec(after)?.[0] ?? ''
  );
}

function afterResumption(before: string): string {
  let from = 0;
  for (const match of before.matchAll(resumes)) from = match.index + match[0].length;
  return before.slice(from);
}

/** The clause that ends before a statement: up to a comma or a conjunction, without short remarks between commas. */
function clauseBefore(before: string, leadStart: number | undefined): string {
  const own = afterResumption(before).replace(/,[^,:;]{1,28},/g, ' ');
  const clause = own.slice(own.lastIndexOf(', ') + 1);
  if (leadStart === undefined) return clause;
  // A colon after the lead makes a new statement; "not my verdict" still negates it.
  const words = before.slice(0, leadStart).split(/\s+/).slice(-8).join(' ');
  return afterResumption(`${words.slice(words.lastIndexOf(', ') + 1)} ${before.slice(leadStart)}`);
}

/** Inside parentheses that contain more than the statement and its lead. */
function isParenthesised(text: string, { start, end }: Statement<unknown>): boolean {
  const near = text.slice(Math.max(0, start - reach), start);
  let depth = 0;
  let open = -1;
  for (let at = near.length - 1; at >= 0 && open < 0; at -= 1) {
    if (near[at] === ')') depth += 1;
    else if (near[at] === '(') {
      if (depth === 0) open = at;
      else depth -= 1;
    } else if (near[at] === '\n' && near[at - 1] === '\n') break;
  }
  if (open < 0) return false;
  const inside = near.slice(open + 1);
  const close = text.slice(end, end + reach).indexOf(')');
  const rest = close < 0 ? '' : text.slice(end, end + close);
  const isAlone = /^[\s*_]*$/.test(near.slice(near.lastIndexOf('\n') + 1, Math.max(0, open)));
  const plain = new RegExp(`^${markup}*$`);
  if (plain.test(inside) && plain.test(rest)) return false;
  return !(isAlone && lead.test(inside) && plain.test(rest));
}
