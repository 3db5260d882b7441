import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import { asMessages, type ChatMessage } from '../../domain/message.ts';
import type { Example, ExampleMeta, Refusal } from '../example.ts';
import { marginOf } from './preference-examples.ts';
import { unusablePrompt, unusableResponse } from './usable-text.ts';

/** An improved response: a human edit, or a critique and revision that a judge confirmed. */
export interface Improvement {
  readonly id: string;
  readonly item: string;
  readonly prompt: string | readonly ChatMessage[];
  readonly original: string;
  readonly improved: string;
  readonly source: 'human' | 'ai';
  readonly model: string | null;
  readonly category: string | null;
  readonly events: readonly string[];
  /** P(improved is better); null if not measured. */
  readonly probability: number | null;
}

/** A human edit as an improvement; null for any other event. */
export function improvementOf(event: FeedbackEvent): Improvement | null {
  if (event.kind !== 'correction') return null;
  return {
    id: `${event.response_id}:corrected`,
    item: event.query_id,
    prompt: event.query,
    original: event.response,
    improved: event.corrected,
    source: 'human',
    model: event.model_version,
    category: event.category ?? null,
    events: [event.id],
    probability: null,
  };
}

/** Assumed margin of an edit without a measured probability: log-odds of .9. */
const editMargin = marginOf(0.9);

/** Supervised rows (prompt, improved) or preference rows (improved over original). */
export async function* improvementExamples(
  improvements: AsyncIterable<Improvement> | Iterable<Improvement>,
  kind: 'sft' | 'preference',
): AsyncGenerator<Example | Refusal> {
  for await (const improvement of improvements) {
    const { item, prompt, original, improved } = improvement;
    const reason =
      unusablePrompt({ id: item, prompt, candidates: [] }) ??
      unusableResponse(improved) ??
      (kind === 'preference' ? unusableResponse(original) : null) ??
      (improved.trim() === original.trim() ? 'improvement_identical' : null);
    if (reason !== null) {
      yield { kind: 'refusal', item, candidates: [improvement.id], reason };
      continue;
    }
    const meta: ExampleMeta = {
      id: improvement.id,
      item,
      category: improvement.category,
      cluster: null,
      source: improvement.source,
      probability: improvement.probability,
      basis: 'given',
      candidates: kind === 'sft' ? ['improved'] : ['improved', 'original'],
      models: kind === 'sft' ? [null] : [null, improvement.model],
      events: improvement.events,
    };
    const messages = asMessages(prompt);
    if (kind === 'sft') {
      yield { kind: 'completion', prompt: messages, completion: improved, label: true, meta };
      continue;
    }
    const margin = improvement.probability === null ? editMargin : marginOf(improvement.probability);
    yield { kind: 'preference', prompt: messages, chosen: improved, rejected: original, margin, meta };
  }
}
