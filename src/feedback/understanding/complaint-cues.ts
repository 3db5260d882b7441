import type { FailureCategory } from '../../domain/failure-category.ts';

/** A pattern that is evidence for a category; `weight` in nats. */
export interface Cue {
  readonly category: FailureCategory;
  readonly weight: number;
  readonly pattern: RegExp;
}

const cue = (category: FailureCategory, weight: number, pattern: RegExp): Cue => ({
  category,
  weight,
  pattern,
});

/** Lexical cues of complaints: mainly English, with common words of German, French and Spanish. Patterns run on lower-case text.
 * Derive new ones only from the design half of the labelled comments.
 */
export const complaintCues: readonly Cue[] = [
  cue(
    'accuracy',
    2.2,
    /\b(?:in(?:correct|accurate)|untrue|false|misleading|not (?:true|correct|right|accurate))\b/,
  ),
  cue('accuracy', 1.6, /\bwrong\b/),
  cue('accuracy', 2.4, /\b(?:hallucinat|fabricat|made[- ]up|makes? up|invent(?:s|ed)\b|misattribut|misquot)/),
  cue('accuracy', 1.8, /\b(?:out ?dated|out of date|no longer|repealed|obsolete|deprecated)\b/),
  cue('accuracy', 1.8, /\b(?:no such|does ?n[o']?t exist|never (?:said|happened|existed)|is not real)\b/),
  cue(
    'accuracy',
    1.8,
    /\b(?:bugs?|buggy|errors? (?:in|on|at)|exceptions?|typeerror|syntaxerror|throws|compile|never terminates|off by one)\b/,
  ),
  cue(
    'accuracy',
    1.6,
    /\b(?:calculat|math|arithmetic|miscount|factual|fact[- ]check|contradict|mistaken|mistakes?)/,
  ),
  cue(
    'accuracy',
    1.2,
    /\b(?:i checked|actually (?:is|it)|the (?:number|date|year|name|figure)s? (?:is|are)|is \w+,? not \w+)\b/,
  ),
  cue(
    'accuracy',
    2,
    /\b(?:stimmt nicht|falsch|fehlerhaft|c'est faux|faux|erron[ée]|incorrect[oa]|falso|equivocad)/,
  ),
  cue(
    'safety',
    2.6,
    /\b(?:danger|unsafe|harmful|hurt (?:some|people|my|him|her|them)|could (?:kill|injure|hurt)|lethal|poison)/,
  ),
  cue(
    'safety',
    2.6,
    /\b(?:racis|sexis|homophob|slurs?\b|hate speech|hateful|toxic|offensive|insult|bigot|stereotyp|discriminat)/,
  ),
  cue(
    'safety',
    2.4,
    /\b(?:self[- ]harm|suicid|eating disorder|abuse|violen|threat|weapon|bombs?\b|explosive|terroris)/,
  ),
  cue(
    'safety',
    2.4,
    /\b(?:illegal|crime|drugs\b|stolen|hack(?:ing|ed) in)|\bhow to (?:make|build) (?:a )?(?:bomb|gun|weapon)/,
  ),
  cue(
    'safety',
    2.4,
    /\b(?:leak(?:s|ed|ing)|expos(?:es|ed)|reveal(?:s|ed)|private data|personal data|home address|social security|someone's (?:address|phone|number))/,
  ),
  cue('safety', 2, /\b(?:medication|dosage|overdose|doctor|patient)/),
  cue('safety', 2.2, /\b(?:inappropriate|sexual|nsfw|explicit|porn)/),
  cue('safety', 2.4, /(?:gefährlich|gesundheitssch|verletzend|dangereu|peligros|rassist|raciste|racista)/),
  cue('format', 2.4, /\b(?:format(?:ting|ted)?|markdown|json|csv|yaml|xml|latex|html)\b/),
  cue(
    'format',
    2,
    /\b(?:tables?|columns?|bullets?|bullet points?|numbered list|headings?|headers?|line ?breaks?|indentation|code (?:block|fence)|backticks?|asterisks|spacing|paragraphs? (?:is|are) (?:gone|missing)|wall of text|render)/,
  ),
  cue(
    'format',
    2.2,
    /\b(?:cut[- ]off|truncat|mid[- ]sentence|trailing comma|escaped|unreadable layout|layout|clickable)/,
  ),
  cue('format', 2, /(?:formatierung|tabelle|mise en forme|liste à puces|formato|tabla)/),
  cue(
    'relevance',
    2.6,
    /\b(?:off[- ]topic|irrelevant|beside the point|missed the point|unrelated|not related|nothing to do with)/,
  ),
  cue(
    'relevance',
    2.6,
    /\b(?:not what i (?:asked|meant|wanted|need)|(?:different|another|wrong) (?:question|topic|product|document|file|language))\b/,
  ),
  cue(
    'relevance',
    2.2,
    /\b(?:ignor(?:es|ed|ing) (?:my|the) (?:question|request|instructions?|prompt|problem|constraint)|misunder|did(?: ?n[o']?t| not) (?:answer|address|follow|understand)|does(?: ?n[o']?t| not) (?:answer|address|follow))/,
  ),
  cue('relevance', 1.8, /\bi (?:asked|wanted|need(?:ed)?)\b.{0,40}\b(?:not|got|but)\b/),
  cue('relevance', 1.6, /\b(?:instead of (?:my|the actual|what)|refus(?:es|ed|ing))\b/),
  cue(
    'relevance',
    2.4,
    /(?:thema verfehlt|am thema vorbei|hors sujet|nada que ver|no responde|ne répond pas)/,
  ),
  cue(
    'coverage',
    2.2,
    /\b(?:incomplete|missing|left out|leaves out|omit|lacks?|lacking|skipp?(?:s|ed)|forgot(?:ten)?|did(?: ?n[o']?t| not) (?:include|mention|cover)|does(?: ?n[o']?t| not) (?:include|mention|cover)|no mention)/,
  ),
  cue(
    'coverage',
    2,
    /\b(?:too (?:short|brief|shallow|vague)|superficial|more (?:details?|depth|examples?|context|information)|go deeper|elaborate)\b/,
  ),
  cue(
    'coverage',
    2.2,
    /\b(?:does(?: ?n[o']?t| not) know|no information|don't have (?:that |any )?information|can(?:no|')t find|not in the knowledge|knowledge base|only (?:covers?|mentions?|lists?))\b/,
  ),
  cue(
    'coverage',
    1.6,
    /\b(?:what about|only (?:one|two|half|part)|half of|stops after|add (?:sources|references|examples|citations)|nothing (?:for|about|on))\b/,
  ),
  cue('coverage', 2.2, /(?:\bfehl(?:t|en)\b|unvollständig|il manque|manque|incompl[eè]t|\bfalta)/),
  cue(
    'style',
    2.4,
    /\b(?:tone|wordy|verbose|rambl|concise|robotic|formal|casual|condescend|friendl|personality|fluff|marketing|cringe|stiff)/,
  ),
  cue(
    'style',
    2.2,
    /\b(?:too long|too many (?:words|emojis?)|emojis?|repeat(?:s|ing|ed) itself|repetiti|simpler words|jargon|phras(?:e|ing)|wording|clunky|awkward|unnatural|boring|apologi[sz]ing|shorter)/,
  ),
  cue(
    'style',
    1.4,
    /\b(?:sounds?|reads?) like\b|\bstop (?:saying|starting|using)\b|\bdon't start\b|\bevery (?:answer|reply|sentence) with\b/,
  ),
  cue('style', 2.2, /(?:zu lang|umständlich|zu förmlich|trop long|blabla|demasiado largo|aburrid)/),
  cue(
    'other',
    2,
    /\b(?:thanks?|thank you|great|perfect|love|awesome|excellent|good (?:job|answer|work)|saved me|danke|merci|gracias|sehr gut|pas mal)\b/,
  ),
  cue(
    'other',
    2,
    /\b(?:log ?in|crash(?:es|ed)?|slow|load(?:s|ing)?|button|app|price|pay|subscription|my phone|dark mode|export|website)\b/,
  ),
];

/** A feature request. */
export const requestCue =
  /\b(?:feature request|would be (?:nice|great|good|cool)|i wish|please (?:add|support)(?! (?:more|some )?(?:sources|references|examples|citations|details?))|(?:can|could) you (?:add|support)|it would help|you should (?:add|support|offer)|looking forward to|wäre (?:schön|toll)|ce serait bien|estaría bien)\b/;
