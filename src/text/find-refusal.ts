/** Refusals occur at the beginning of a text, within this many UTF-16 units. */
const opening = 400;

const will = "(?:can(?:no|['’])?t|can not|could not|won['’]t|will not|am unable to|am not able to)";
/** Actions that are refused; "I can't agree" or "I can't hear you" is not a refusal. */
const deeds =
  '(?:help|assist|advise|provide|comply|do (?:that|this|it|so)|answer|comment on|support|create|write|generate|give|share|engage|fulfill?|continue|discuss|offer|produce|participate|complete|condone|encourage|facilitate|endorse|allow|permit|be (?:a )?part(?:y)?|be involved|be used|find (?:this|that|someone)|tell you (?:that|this|how|where|her|his|their)|talk about|recommend (?:that|this|it)|speak to)';
const no =
  "(?:can(?:no|['’])?t|(?<!was )unable|(?<!was )not able|won['’]t|decline|not comfortable|not allowed)";
const harmless =
  '(?! (?:\\w+ ){0,2}(?:agree|understand|hear|imagine|believe|see|read|remember|recall|think|guarantee|stress|emphasi[sz]e|wait|be sure|help but|follow|keep|bother|say (?:for sure|which|whether)|tell (?:if|whether|what|which))\\b)';

const refusals = new RegExp(
  [
    `\\bI(?: am|['’]m) (?:so |very |really )?(?:sorry|afraid)\\b[^.!?\\n]{0,80}?\\b${no}\\b${harmless}`,
    `\\b(?:I|we) (?:really |simply |just |truly )?(?:${will}|must decline to|refuse to|have to decline to) (?:really |in good conscience )?${deeds}\\b`,
    "\\bI(?: am|['’]m) (?:unable|not able|not allowed|not permitted|not comfortable|not going|not willing|not programmed|not designed|not built)(?: to\\b| for\\b|\\b(?! (?:sure|anywhere)))",
    "\\bI (?:do not|don['’]t) (?:want to (?:do (?:this|that|it)|help|answer|talk about|discuss|be (?:a )?part|be involved|encourage)|feel comfortable|think I (?:can|should|could|want to) (?:help|answer|do|give|tell|say|provide|recommend|discuss|advise))\\b",
    "\\bI(?:['’]d| would) (?:really )?(?:rather|prefer) not\\b",
    "\\bI(?: am|['’]m) not sure I (?:can|should|want to) (?:help|answer|tell|give|do|provide)\\b",
    "\\b(?:that|this|it)(?: is|['’]s)(?: not|n['’]t) something (?:that )?I\\b",
    '\\bI (?:must|have to|need to) (?:respectfully )?(?:decline|refuse)\\b',
    '\\b(?:goes|is|would be) against (?:my|our|the) (?:guidelines|programming|principles|policies|policy|ethic)',
    "\\bas an AI(?: language model)?,? I (?:do not|don['’]t|can(?:no|['’])?t|am not|am unable)",
    "\\b(?:sorry|apologi[sz]e)[^.!?\\n]{0,40}\\b(?:request|question)\\b[^.!?\\n]{0,30}\\b(?:can(?:no|['’])?t|unable|not)\\b",
    "\\bcan(?:no|['’])?t (?:assist|help) (?:you )?with (?:that|this)\\b",
    "\\bthat (?:information )?is (?:confidential|off limits)\\b|\\bthat['’]s out of bounds\\b",
    '\\b(?:Es tut mir leid|Tut mir leid)[^.!?\\n]{0,60}\\bkann\\b[^.!?\\n]{0,40}\\bnicht\\b',
    '\\bJe (?:suis désolé|ne peux pas|regrette)[^.!?\\n]{0,60}',
    '\\b(?:Lo siento|No puedo (?:ayudar|proporcionar|responder))',
  ].join('|'),
  'gi',
);

/**
 * The span of a text that refuses the request, in UTF-16 units; null if there is none. Matches common openings of
 * assistants, mainly in English.
 */
export function findRefusal(text: string): { readonly start: number; readonly end: number } | null {
  const head = text.slice(0, opening);
  for (const match of head.matchAll(refusals)) {
    if (!isQuoted(head, match.index)) return { start: match.index, end: match.index + match[0].length };
  }
  return null;
}

/** Whether the offset is inside an open quotation. */
function isQuoted(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const straight = before.split('"').length - 1;
  return straight % 2 === 1 || before.lastIndexOf('“') > before.lastIndexOf('”');
}
