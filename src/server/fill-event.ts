import type { Interaction } from '../domain/feedback-event.ts';
import { canonicalJson } from '../files/content-hash.ts';
import type { FeedbackStore } from '../ports/feedback-store.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface FilledEvent {
  readonly fields: Fields;
  /** The response that was recorded, if it was. */
  readonly interaction: Interaction | undefined;
  /** Fields that contradict the recorded interaction. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

const fromInteraction = [
  'session_id',
  'query_id',
  'query',
  'response',
  'model_version',
  'settings',
  'source',
  'category',
] as const;
/** Fields that must match the recorded interaction: otherwise the judgement is about a response that was never served. */
const binding = ['query', 'response', 'model_version'] as const;

/** Completes an event from its recorded interaction, including the texts of the responses shown beside it. */
export async function fillEvent(sent: Fields, store: FeedbackStore, now: string): Promise<FilledEvent> {
  const { response_id: responseId, other, others } = sent;
  const interaction = typeof responseId === 'string' ? await store.interaction(responseId) : undefined;
  const fields: Record<string, unknown> = { ...sent };
  if (other !== undefined) fields.other = await fillShown(other, store);
  if (Array.isArray(others)) {
    fields.others = await Promise.all(others.map((one: unknown) => fillShown(one, store)));
  }
  if (interaction === undefined) return { fields, interaction, problems: [] };
  const problems = binding
    .filter((name) => name in sent && canonicalJson(sent[name]) !== canonicalJson(interaction[name]))
    .map((path) => ({ path, message: 'is not what was recorded under this response_id' }));
  for (const name of fromInteraction) {
    if (interaction[name] !== undefined) fields[name] ??= interaction[name];
  }
  // a repeated event keeps the time of its first arrival
  if (fields.at === undefined && typeof sent.id === 'string')
    fields.at = (await store.event(sent.id))?.event.at ?? now;
  return { fields, interaction, problems };
}

async function fillShown(shown: unknown, store: FeedbackStore): Promise<unknown> {
  if (typeof shown !== 'object' || shown === null || 'response' in shown) return shown;
  const { response_id: id } = shown as Fields;
  const interaction = typeof id === 'string' ? await store.interaction(id) : undefined;
  if (interaction === undefined) return shown;
  return { model_version: interaction.model_version, ...shown, response: interaction.response };
}
