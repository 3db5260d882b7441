import type { ChatMessage } from '../../domain/message.ts';
import type { JsonRecord } from '../../files/json-record.ts';
import { dialogueOf, messagesOf, promptOfTurns, sharedTurns, textOfTurns } from '../chat.ts';
import type { Converted } from '../format.ts';
import { type PairParts, preferencePair } from '../records.ts';
import { pick, present, textOf } from '../values.ts';

type Prompt = string | readonly ChatMessage[];
type Side = Pick<PairParts, 'id' | 'category' | 'by' | 'scores' | 'metadata'> & {
  readonly models?: readonly [string | undefined, string | undefined];
};

/** A row with a chosen and a rejected side, in any of the spellings of preference data sets. */
export function readPairRow(row: JsonRecord, extra: Partial<Side> = {}): Converted {
  const sides = sidesOf(row);
  if ('problem' in sides) return sides;
  const { models, id, ...rest } = extra;
  const model = (index: 0 | 1, column: string) => models?.[index] ?? textOf(row[column]);
  return preferencePair({
    id: id ?? textOf(pick(row, 'id', 'prompt_id', 'question_id', 'uid')),
    prompt: sides.prompt,
    chosen: present({ text: sides.chosen, model: model(0, 'chosen_model') }),
    rejected: present({ text: sides.rejected, model: model(1, 'rejected_model') }),
    ...rest,
  });
}

type Sides =
  | { readonly prompt: Prompt | null; readonly chosen: string; readonly rejected: string }
  | { readonly problem: string };

function sidesOf(row: JsonRecord): Sides {
  const given = promptOf(row);
  const chosen = sideOf(row.chosen);
  const rejected = sideOf(row.rejected);
  if (chosen === null || rejected === null) {
    return { problem: `"${chosen === null ? 'chosen' : 'rejected'}" is neither text nor a conversation` };
  }
  if (typeof chosen === 'string' || typeof rejected === 'string') {
    if (typeof chosen !== 'string' || typeof rejected !== 'string')
      return { problem: 'one of chosen and rejected is text, the other a conversation' };
    return given === null ? withSharedText(chosen, rejected) : { prompt: given, chosen, rejected };
  }
  const shared = sharedTurns(chosen, rejected);
  const prompt = given !== null && !repeats(chosen, given) ? null : chosen.slice(0, shared);
  return {
    prompt: prompt === null || prompt.length === 0 ? given : promptOfTurns(prompt),
    chosen: textOfTurns(prompt === null ? chosen : chosen.slice(shared)),
    rejected: textOfTurns(prompt === null ? rejected : rejected.slice(shared)),
  };
}

/** Does a conversation begin with the prompt that stands beside it? */
function repeats(turns: readonly ChatMessage[], prompt: Prompt): boolean {
  const text = typeof prompt === 'string' ? prompt : prompt.at(-1)?.content;
  return turns.slice(0, -1).some(({ content }) => content.trim() === text?.trim());
}

function sideOf(value: unknown): string | readonly ChatMessage[] | null {
  const turns = messagesOf(value);
  if (turns !== null) return turns;
  if (typeof value !== 'string') return null;
  return dialogueOf(value) ?? value;
}

/** The prompt by its usual columns, a system text and an input included. */
export function promptOf(row: JsonRecord): Prompt | null {
  const value = pick(
    row,
    'prompt',
    'question',
    'instruction',
    'query',
    'conversations',
    'messages',
    'context',
  );
  const turns = messagesOf(value) ?? (typeof value === 'string' ? dialogueTurns(value) : null);
  const system = textOf(pick(row, 'system', 'system_prompt'));
  if (turns !== null) {
    const all = system === undefined ? turns : [{ role: 'system', content: system } as const, ...turns];
    return promptOfTurns(all);
  }
  const text = textOf(value);
  if (text === undefined) return null;
  const input = value === row.instruction ? textOf(row.input) : undefined;
  const whole = input === undefined ? text : `${text}\n\n${input}`;
  return system === undefined
    ? whole
    : [
        { role: 'system', content: system },
        { role: 'user', content: whole },
      ];
}

/** A marked dialogue that ends where the assistant is to answer. */
function dialogueTurns(text: string): readonly ChatMessage[] | null {
  const turns = text.startsWith('\n\nHuman:') || text.startsWith('Human:') ? dialogueOf(text) : null;
  const last = turns?.at(-1);
  return last?.role === 'assistant' && last.content.trim() === '' ? turns!.slice(0, -1) : turns;
}

/** Without a prompt column, what both texts begin with is the prompt, as TRL takes it. */
function withSharedText(chosen: string, rejected: string): Sides {
  let length = 0;
  while (length < chosen.length && length < rejected.length && chosen[length] === rejected[length])
    length += 1;
  // a shared beginning of the answers is not cut out of the middle of a word
  const at = chosen.slice(0, length).search(/\s+\S*$/);
  if (at <= 0) return { prompt: null, chosen, rejected };
  const prompt = chosen.slice(0, at);
  return { prompt, chosen: chosen.slice(at).trimStart(), rejected: rejected.slice(at).trimStart() };
}
