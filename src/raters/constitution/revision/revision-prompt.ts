import type { Principle } from '../../../domain/constitution.ts';
import type { Item } from '../../../domain/item.ts';
import type { ChatMessage } from '../../../domain/message.ts';
import { fenceCode, fenced, fenceRule } from '../../llm/prompt/fence.ts';
import { promptText } from '../../llm/prompt/judge-prompt.ts';
import { untrustedText } from '../../llm/prompt/untrusted-text.ts';

/** The answer of a critic that finds no problem. */
export const nothingToChange = 'Nothing to change.';

const critic: ChatMessage = {
  role: 'system',
  content: [
    'You examine a response to a prompt under one rule, and say what is wrong with it.',
    fenceRule,
    `Be concrete: quote what you mean. At most 150 words. If the rule finds nothing to criticise, answer exactly: ${nothingToChange}`,
  ].join('\n\n'),
};

const reviser: ChatMessage = {
  role: 'system',
  content: [
    'You rewrite a response to a prompt so that a criticism no longer applies to it.',
    fenceRule,
    'Answer with the rewritten response alone: no preface, no comment on the changes, no mention of the criticism.',
    'Keep what was good. Stay as helpful as the rule allows: a refusal or a lecture is no improvement.',
  ].join('\n\n'),
};

/** The prompt for a critique of a response under a principle. */
export function critiqueMessages(principle: Principle, item: Item, response: string): readonly ChatMessage[] {
  const material = fencedParts([
    ['PROMPT', promptText(item)],
    ['RESPONSE', response],
  ]);
  return [critic, { role: 'user', content: `${material}\n\n${principle.critique}` }];
}

/** The prompt for a revision of a response, given its critique. */
export function revisionMessages(
  principle: Principle,
  item: Item,
  response: string,
  critique: string,
): readonly ChatMessage[] {
  const material = fencedParts([
    ['PROMPT', promptText(item)],
    ['RESPONSE', response],
    ['CRITICISM', critique],
  ]);
  return [reviser, { role: 'user', content: `${material}\n\n${principle.revision}` }];
}

function fencedParts(parts: readonly (readonly [name: string, text: string])[]): string {
  const clean = parts.map(([name, text]) => [name, untrustedText(text, 'json')] as const);
  const code = fenceCode(clean.map(([, text]) => text));
  return clean.map(([name, text]) => fenced(name, code, text)).join('\n\n');
}
