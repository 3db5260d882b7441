import type { Item } from '../../domain/item.ts';
import type { JsonRecord } from '../../files/json-record.ts';
import type { Converted, ImportFormat } from '../format.ts';
import { contentId, pairVote, scoreOf } from '../records.ts';
import { numberOf, pick, present, textOf } from '../values.ts';

const names = {
  id: ['item', 'item_id', 'id', 'question_id', 'prompt_id', 'example_id', 'task_id', 'HITId'],
  prompt: ['prompt', 'question', 'instruction', 'query', 'input', 'Input.prompt', 'Input.question'],
  a: [
    'response_a',
    'answer_a',
    'output_a',
    'completion_a',
    'model_a_response',
    'response_1',
    'answer1',
    'output_1',
    'Input.response_a',
    'Input.answer_a',
    'Input.response_1',
  ],
  b: [
    'response_b',
    'answer_b',
    'output_b',
    'completion_b',
    'model_b_response',
    'response_2',
    'answer2',
    'output_2',
    'Input.response_b',
    'Input.answer_b',
    'Input.response_2',
  ],
  one: ['response', 'answer', 'output', 'completion', 'Input.response', 'Input.answer'],
  rater: [
    'rater',
    'judge',
    'annotator',
    'worker',
    'worker_id',
    'WorkerId',
    'PROLIFIC_PID',
    'participant',
    'participant_id',
    'user',
    'grader',
  ],
  preferred: [
    'preferred',
    'preference',
    'winner',
    'choice',
    'better',
    'Answer.preferred',
    'Answer.preference',
    'Answer.choice',
    'Answer.winner',
  ],
  score: ['score', 'rating', 'stars', 'label', 'grade', 'Answer.score', 'Answer.rating'],
  candidate: ['candidate', 'response_id', 'candidate_id', 'model'],
  reason: ['reason', 'rationale', 'comment', 'explanation', 'Answer.comment'],
} as const;

const find = (row: JsonRecord, kind: keyof typeof names) => names[kind].find((name) => name in row);
const value = (row: JsonRecord, kind: keyof typeof names) => textOf(pick(row, ...names[kind]));
const judgeColumn =
  /^(judge|rater|annotator|grader|score|rating|label|human|gold|expert|gpt|claude|llama|gemini|mistral|qwen|deepseek|o[134])([-_ .:/\d]|$)/i;

/** Columns of judges in a wide table: named after judges or models, and all cells are marks. */
function judgesOf(rows: readonly JsonRecord[]): readonly string[] {
  const known = new Set<string>(Object.values(names).flat());
  const columns = Object.keys(rows[0] ?? {}).filter(
    (column) => !known.has(column) || /^(judge|rater)[-_ ]?\w/.test(column),
  );
  const marks = columns.filter((column) => {
    const cells = rows
      .map((row) => row[column])
      .filter((cell) => cell !== '' && cell !== null && cell !== undefined);
    return (
      cells.length > 0 && cells.every((cell) => numberOf(cell) !== undefined || sideOf(cell) !== undefined)
    );
  });
  const named = marks.filter((column) => judgeColumn.test(column));
  return named.length > 0
    ? named
    : marks.filter(
        (column) => !/(^|_)(id|index|n|count|length|tokens|time|date|turn|year)$|^column_1$/i.test(column),
      );
}

const judgesByFile = new WeakMap<readonly JsonRecord[], readonly string[]>();

function knownJudges(first: readonly JsonRecord[]): readonly string[] {
  const known = judgesByFile.get(first) ?? judgesOf(first);
  judgesByFile.set(first, known);
  return known;
}

/** Which side a mark names; null for a tie. A plain number is a score, not a side. */
function sideOf(cell: unknown): 'a' | 'b' | null | undefined {
  const word = String(cell).trim().toLowerCase();
  if (/^((model|response|answer|output|option)[ _-]?)?a$|^(first|left)$/.test(word)) return 'a';
  if (/^((model|response|answer|output|option)[ _-]?)?b$|^(second|right)$/.test(word)) return 'b';
  return /^(tie|equal|same|both|draw|neither)$/.test(word) ? null : undefined;
}

/** One row an item, one column a judge. */
export const wide: ImportFormat = {
  name: 'wide',
  from: 'tables with one row an item and one column a judge',
  columns: ['id', 'judge_1', 'judge_2'],
  sniff({ first }) {
    const judges = judgesOf(first);
    if (first.length === 0 || find(first[0]!, 'id') === undefined || judges.length < 2) return null;
    if (find(first[0]!, 'rater') !== undefined) return null;
    return {
      score: judges.every((column) => judgeColumn.test(column)) ? 0.7 : 0.55,
      reason: `one column a judge: ${judges.join(', ')}`,
    };
  },
  read(row, { first }) {
    const item = value(row, 'id');
    if (item === undefined) return { problem: 'the row has no id' };
    const judges = knownJudges(first);
    const candidate = value(row, 'candidate') ?? 'a';
    const unread: string[] = [];
    const votes = judges.flatMap((rater) => {
      const cell = row[rater];
      if (cell === '' || cell === null || cell === undefined) return [];
      const by = {
        rater,
        rater_kind: /^(human|gold|expert|annotator)/i.test(rater)
          ? /^gold/i.test(rater)
            ? 'gold'
            : 'human'
          : 'llm',
      } as const;
      const side = sideOf(cell);
      const score = numberOf(cell);
      if (score !== undefined) return [scoreOf(item, candidate, by, score)];
      if (side === undefined) unread.push(`${rater} ${JSON.stringify(cell)} is neither a number nor a side`);
      return side === undefined ? [] : [pairVote(item, by, ['a', 'b'], side)];
    });
    const made = itemOf(row, item);
    return { votes, ...(made !== null && { items: [made] }), ...present({ problem: unread[0] }) };
  },
};

/** One row a judgment: an item, a rater and a preference or score. MTurk and Prolific write such tables. */
export const long: ImportFormat = {
  name: 'long',
  from: 'tables with one row a judgment: MTurk, Prolific, own',
  columns: ['item', 'rater', 'score'],
  joinsItems: true,
  sniff({ first }) {
    const row = first[0];
    if (row === undefined || find(row, 'id') === undefined || find(row, 'rater') === undefined) return null;
    const judged = find(row, 'preferred') ?? find(row, 'score');
    return judged === undefined
      ? null
      : { score: 0.65, reason: `one row a judgment: ${find(row, 'id')}, ${find(row, 'rater')}, ${judged}` };
  },
  read(row): Converted {
    const item = value(row, 'id');
    const rater = value(row, 'rater');
    if (item === undefined || rater === undefined)
      return { problem: `the row has no ${item === undefined ? 'id' : 'rater'}` };
    if (textOf(row.AssignmentStatus) === 'Rejected') return { leftOut: 'a rejected assignment' };
    const made = itemOf(row, item);
    const items = made === null ? {} : { items: [made] };
    const isHuman = [
      'WorkerId',
      'PROLIFIC_PID',
      'annotator',
      'worker',
      'worker_id',
      'participant',
      'participant_id',
      'user',
    ].some((name) => name in row);
    const kind = textOf(row.rater_kind) ?? (isHuman ? 'human' : 'llm');
    if (kind !== 'human' && kind !== 'llm' && kind !== 'gold')
      return { ...items, problem: `rater_kind "${kind}" is none of human, llm, gold` };
    const by = { rater, rater_kind: kind } as const;
    const extra = present({ reason: value(row, 'reason') });
    const preferred = value(row, 'preferred');
    if (preferred !== undefined) {
      const side =
        sideOf(preferred) ?? (numberOf(preferred) === 1 ? 'a' : numberOf(preferred) === 2 ? 'b' : undefined);
      const isTie = sideOf(preferred) === null;
      if (side === undefined && !isTie)
        return { ...items, problem: `preference "${preferred}" is no side: map it with --map` };
      return { ...items, votes: [pairVote(item, by, ['a', 'b'], isTie ? null : side!, extra)] };
    }
    const cell = pick(row, ...names.score);
    const score = numberOf(cell);
    if (cell === undefined) return { ...items, leftOut: 'the row has no mark' };
    if (score === undefined)
      return {
        ...items,
        problem: `score ${JSON.stringify(cell)} is no number: map categories to scores with --map`,
      };
    return { ...items, votes: [scoreOf(item, value(row, 'candidate') ?? 'a', by, score, undefined, extra)] };
  },
};

/** Two responses a row, unjudged. */
export const pairs: ImportFormat = {
  name: 'responses',
  from: 'tables with a prompt and one or two responses',
  columns: ['prompt', 'response_a', 'response_b'],
  sniff({ first }) {
    const row = first[0];
    if (row === undefined || find(row, 'prompt') === undefined) return null;
    const [a, b, one] = [find(row, 'a'), find(row, 'b'), find(row, 'one')];
    if (a !== undefined && b !== undefined)
      return { score: 0.58, reason: `columns ${find(row, 'prompt')}, ${a} and ${b}` };
    return one === undefined ? null : { score: 0.52, reason: `columns ${find(row, 'prompt')} and ${one}` };
  },
  read(row) {
    const made = itemOf(row, undefined);
    if (made === null) return { problem: 'the row has no response' };
    const preferred = value(row, 'preferred');
    const side = preferred === undefined ? undefined : sideOf(preferred);
    if (side === undefined || made.candidates.length < 2) return { items: [made] };
    return {
      items: [made],
      votes: [pairVote(made.id, { rater: 'dataset', rater_kind: 'gold' }, ['a', 'b'], side)],
    };
  },
};

function itemOf(row: JsonRecord, id: string | undefined): Item | null {
  const texts = [value(row, 'a'), value(row, 'b')];
  const one = value(row, 'one');
  const found = texts.every((text) => text !== undefined) ? texts : one === undefined ? [] : [one];
  if (found.length === 0) return null;
  const prompt = value(row, 'prompt') ?? null;
  const models = [row.model_a ?? row.model, row.model_b];
  return {
    id: id ?? value(row, 'id') ?? contentId(prompt, found),
    prompt,
    candidates: found.map((text, index) =>
      present({ id: index === 0 ? 'a' : 'b', text: text!, model: textOf(models[index]) }),
    ),
    ...present({
      reference: textOf(pick(row, 'reference', 'expected', 'ideal')),
      category: textOf(row.category),
    }),
  };
}
