import type { Principle } from '../../../domain/constitution.ts';
import type { Candidate, Item } from '../../../domain/item.ts';
import type { ChatMessage } from '../../../domain/message.ts';
import type { ChatRequest } from '../../../ports/chat-model.ts';
import type { Ask } from '../../../ports/rater.ts';
import { findRefusal } from '../../../text/find-refusal.ts';
import { askQuestion } from '../../llm/ask-question.ts';
import { ownAnswer } from '../../llm/verdict/own-answer.ts';
import { visibleText } from '../../llm/verdict/own-words.ts';
import type { RevisionRound } from './revision.ts';
import { critiqueMessages, nothingToChange, revisionMessages } from './revision-prompt.ts';

/** Request parameters of a critic, without messages. */
export type CriticParams = Omit<ChatRequest, 'messages' | 'task' | 'schema'>;

/**
 * Critiques and rewrites a response under one principle after another, each round starting from the previous text.
 * Stops at the first round without a usable critique. Truncated texts are not used.
 */
export async function reviseResponse(
  item: Item,
  candidate: Candidate,
  principles: readonly Principle[],
  ask: Ask,
  params: CriticParams,
): Promise<readonly RevisionRound[]> {
  const rounds: RevisionRound[] = [];
  let response = candidate.text ?? '';
  for (const principle of principles) {
    const round = await reviseOnce(item, response, principle, ask, params);
    rounds.push(round);
    if (round.outcome !== 'revised' && round.outcome !== 'unchanged') break;
    response = round.revision ?? response;
  }
  return rounds;
}

async function reviseOnce(
  item: Item,
  response: string,
  principle: Principle,
  ask: Ask,
  params: CriticParams,
): Promise<RevisionRound> {
  const base = { principle: principle.id, critique: null, revision: null };
  const found = await written(ask, params, critiqueMessages(principle, item, response));
  if (found.text === null) return { ...base, ...found.failure };
  const critique = found.text;
  if (findsNothing(critique)) return { ...base, critique, outcome: 'unchanged' };
  if (declines(critique)) return { ...base, critique, outcome: 'refused', reason: 'refused' };

  const made = await written(ask, params, revisionMessages(principle, item, response, critique));
  if (made.text === null) return { ...base, critique, ...made.failure };
  const revision = withoutAnnouncement(made.text);
  if (sameWords(revision, response)) return { ...base, critique, outcome: 'unchanged' };
  return { ...base, critique, revision, outcome: 'revised' };
}

type Written =
  | { readonly text: string }
  | { readonly text: null; readonly failure: Pick<RevisionRound, 'outcome' | 'reason'> };

async function written(ask: Ask, params: CriticParams, messages: readonly ChatMessage[]): Promise<Written> {
  const { recorded, unread } = await askQuestion(ask, { ...params, messages, stableMessages: 1 });
  if (unread !== null) {
    const outcome =
      unread.reason === 'truncated' ? 'truncated' : unread.outcome === 'error' ? 'failed' : 'refused';
    return { text: null, failure: { outcome, reason: unread.reason } };
  }
  const text = ownAnswer(recorded.reply.text.replace(/\r\n?/g, '\n'));
  if (text === null) return { text: null, failure: { outcome: 'truncated', reason: 'truncated' } };
  if (visibleText(text).trim() === '')
    return { text: null, failure: { outcome: 'refused', reason: 'empty' } };
  return { text: text.trim() };
}

function sameWords(a: string, b: string): boolean {
  return visibleText(a).replace(/\s+/g, ' ').trim() === visibleText(b).replace(/\s+/g, ' ').trim();
}

/** Whether a critique is the agreed sentence for "nothing is wrong", ignoring case, markup and punctuation. */
function findsNothing(critique: string): boolean {
  return letters(critique) === letters(nothingToChange);
}

/** Whether a critic refuses. Only at the start of the text, because a critique may quote a refusal. */
function declines(critique: string): boolean {
  return findRefusal(visibleText(critique).trimStart())?.start === 0;
}

const announcement =
  /^[*_#> ]{0,4}(?:(?:sure|certainly|of course|okay)[,.!]? )?(?:here(?:['’]s| is)|(?:the |my )?(?:rewritten|revised))\b[^\n]{0,120}:[*_ ]{0,4}\n+(?=\S)/i;
const ofRevision = /\b(?:rewritten|revised|rewrite|revision)\b/i;

/** A revision without an introductory first line, which a model trained on it would learn. */
function withoutAnnouncement(revision: string): string {
  const first = announcement.exec(revision)?.[0];
  return first !== undefined && ofRevision.test(first) ? revision.slice(first.length) : revision;
}

function letters(text: string): string {
  return visibleText(text)
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .toLowerCase();
}
