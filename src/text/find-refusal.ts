/** A refusal stands at the beginning: later "I cannot stress enough" is none. */
const opening = 400;
const refusals = new RegExp(
  [
    "\\bI(?:'m| am|’m) (?:sorry|afraid)\\b[^.!?\\n]{0,80}?\\b(?:can(?:no|')?t|can’t|unable|not able|won't|decline|not comfortable)",
    "\\bI (?:can(?:no|')?t|can’t|could not|won't|won’t|will not|must decline to|am unable to|am not able to|refuse to|have to decline to) (?:help|assist|provide|comply|do that|answer|support|create|write|generate|give|share|engage|fulfil|continue|discuss|offer|produce|participate|complete)",
    "\\bI(?:'m| am|’m) (?:unable|not able|not allowed|not permitted|not comfortable|not going|not willing)(?: to)?\\b",
    '\\bI (?:must|have to|need to) (?:respectfully )?(?:decline|refuse)\\b',
    '\\b(?:goes|is|would be) against (?:my|our|the) (?:guidelines|programming|principles|policies|policy|ethic)',
    "\\bas an AI(?: language model)?,? I (?:do not|don't|don’t|can(?:no|')?t|can’t|am not|am unable)",
    "\\b(?:sorry|apologi[sz]e)[^.!?\\n]{0,40}\\b(?:request|question)\\b[^.!?\\n]{0,30}\\b(?:can(?:no|')?t|unable|not)\\b",
    "\\bcan(?:no|')?t (?:assist|help) (?:you )?with (?:that|this)\\b",
    '\\b(?:Es tut mir leid|Tut mir leid)[^.!?\\n]{0,60}\\bkann\\b[^.!?\\n]{0,40}\\bnicht\\b',
    '\\bJe (?:suis désolé|ne peux pas|regrette)[^.!?\\n]{0,60}',
    '\\b(?:Lo siento|No puedo (?:ayudar|proporcionar|responder))',
  ].join('|'),
  'i',
);

/** The stretch of a text that refuses, or null. Patterns for the openings that assistants use; English first. */
export function findRefusal(text: string): { readonly start: number; readonly end: number } | null {
  const match = refusals.exec(text.slice(0, opening));
  return match === null ? null : { start: match.index, end: match.index + match[0].length };
}
