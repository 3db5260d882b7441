import type { Refusal, RetrievalExample } from '../example.ts';
import { unusableResponse } from './usable-text.ts';

/** A question that the index could not answer. It becomes a row once it has an answer. */
export interface KnowledgeGap {
  readonly id: string;
  readonly question: string;
  readonly answer?: string | null;
  readonly evidence?: readonly string[];
  readonly category?: string | null;
  readonly events?: readonly string[];
}

/** Additions to a retrieval index: question, correct answer, evidence. An unanswered gap is refused with its reason. */
export async function* retrievalExamples(
  gaps: AsyncIterable<KnowledgeGap> | Iterable<KnowledgeGap>,
): AsyncGenerator<RetrievalExample | Refusal> {
  for await (const gap of gaps) {
    const reason = gap.question.trim() === '' ? 'question_empty' : unusableResponse(gap.answer);
    if (reason !== null) {
      yield {
        kind: 'refusal',
        item: gap.id,
        candidates: [],
        reason: reason.replace('response_text', 'answer'),
      };
      continue;
    }
    yield {
      kind: 'retrieval',
      prompt: [{ role: 'user', content: gap.question }],
      answer: gap.answer!,
      evidence: gap.evidence ?? [],
      meta: {
        id: `${gap.id}:gap`,
        item: gap.id,
        category: gap.category ?? null,
        cluster: null,
        source: 'human',
        probability: null,
        basis: 'given',
        candidates: [],
        models: [],
        ...(gap.events && { events: gap.events }),
      },
    };
  }
}
