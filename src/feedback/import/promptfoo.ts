import { momentOf } from './derive.ts';
import { asRecord, type Mapped, present, type RecordMapper, skip, textOf } from './import-record.ts';

/** Maps a result of promptfoo's JSON or JSONL output. Only human grades count: components of type `human`. The evaluation is
 * the session, a test the query, a prompt's output the response. The export has no time of the rating, so time and author are
 * those of the evaluation.
 */
export const mapPromptfoo: RecordMapper = (record, facts, { source, modelVersion, author }): Mapped => {
  const grading = asRecord(record.gradingResult);
  const components = Array.isArray(grading.componentResults) ? grading.componentResults : [];
  const human = components.map(asRecord).find((one) => asRecord(one.assertion).type === 'human');
  if (human === undefined) return skip('no human rating');
  const evaluation = textOf(record.evalId) ?? textOf(facts.evalId);
  const test = textOf(record.testIdx);
  const output = textOf(record.promptIdx);
  const known = evaluation !== undefined && test !== undefined && output !== undefined;
  const responseId = known ? `${evaluation}:${test}:${output}` : undefined;
  const prompt = asRecord(record.prompt);
  const provider = asRecord(record.provider);
  const thumb = human.pass === true ? 'up' : 'down';
  const event = present({
    id: responseId === undefined ? undefined : `${responseId}:${thumb}`,
    session_id: evaluation,
    query_id: known ? `${evaluation}:${test}` : undefined,
    response_id: responseId,
    query: queryOf(textOf(prompt.raw) ?? textOf(record.prompt)),
    response: outputOf(asRecord(record.response).output),
    model_version: modelVersion ?? textOf(provider.id) ?? textOf(record.provider),
    settings: present({ prompt: textOf(prompt.label), vars: record.vars }),
    at: momentOf(facts['results.timestamp'] ?? facts.createdAt ?? record.timestamp),
    source,
    author_kind: 'expert',
    author: author ?? textOf(facts['metadata.author']) ?? textOf(facts.author),
    kind: 'thumb',
    thumb,
    comment: textOf(human.comment) ?? textOf(grading.comment),
  });
  return { events: [event], interactions: [] };
};

/** Parses a prompt that is a list of messages. */
function queryOf(raw: string | undefined): unknown {
  if (raw?.trimStart().startsWith('[') !== true) return raw;
  try {
    const messages = (JSON.parse(raw) as unknown[]).map(asRecord);
    return messages.every(({ role, content }) => typeof role === 'string' && typeof content === 'string')
      ? messages.map(({ role, content }) => ({ role, content }))
      : raw;
  } catch {
    return raw;
  }
}

function outputOf(output: unknown): string | undefined {
  if (output === undefined || output === null) return undefined;
  return typeof output === 'string' ? output : JSON.stringify(output);
}
