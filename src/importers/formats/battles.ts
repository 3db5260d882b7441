import type { ChatMessage } from '../../domain/message.ts';
import type { RaterKind } from '../../domain/vote.ts';
import type { JsonRecord } from '../../files/json-record.ts';
import { messagesOf, promptOfTurns, sharedTurns, textOfTurns } from '../chat.ts';
import type { Converted, ImportFormat } from '../format.ts';
import { readTime } from '../map/read-time.ts';
import { contentId, pairVote } from '../records.ts';
import { asList, asRecord, haveColumns, numberOf, present, textOf } from '../values.ts';

const sides: Readonly<Record<string, 'a' | 'b' | 'tie'>> = {
  model_a: 'a',
  model_b: 'b',
  tie: 'tie',
  'tie (bothbad)': 'tie',
  'tie (inconsistent)': 'tie',
  both_bad: 'tie',
  bothbad: 'tie',
};

/** Battles of Chatbot Arena and judgments of MT-Bench: two conversations and the winner. */
export const arena: ImportFormat = {
  name: 'arena',
  from: 'Chatbot Arena battles',
  columns: ['model_a', 'model_b', 'winner', 'conversation_a', 'conversation_b'],
  sniff: ({ first }) =>
    haveColumns(first, 'model_a', 'model_b', 'conversation_a', 'conversation_b', 'winner')
      ? { score: 0.9, reason: 'two conversations with models and a winner' }
      : null,
  read: (row) => readBattle(row, textOf(row.question_id) ?? textOf(row.id), 'human'),
};

/** MT-Bench judgments: as in the arena, and many judgments of the same answers. */
export const mtBench: ImportFormat = {
  name: 'mt-bench',
  from: 'MT-Bench judgments (human and GPT-4)',
  columns: [
    'question_id',
    'model_a',
    'model_b',
    'winner',
    'judge',
    'conversation_a',
    'conversation_b',
    'turn',
  ],
  joinsItems: true,
  sniff: ({ first }) =>
    haveColumns(first, 'question_id', 'model_a', 'model_b', 'conversation_a', 'judge', 'turn') &&
    first.every(({ judge }) => Array.isArray(judge) || /^(expert|author|gpt)/i.test(String(judge)))
      ? { score: 0.97, reason: 'judgments with question_id, judge and turn' }
      : null,
  read: (row) => {
    const judge = Array.isArray(row.judge) ? row.judge.join('/') : String(row.judge);
    const kind = /^gpt|claude/i.test(judge) ? 'llm' : 'human';
    const models = { a: textOf(row.model_a) ?? 'a', b: textOf(row.model_b) ?? 'b' };
    return readBattle({ ...row, judge }, `${textOf(row.question_id)}:${textOf(row.turn)}`, kind, models);
  },
};

function readBattle(
  row: JsonRecord,
  given: string | undefined,
  kind: RaterKind,
  ids: { readonly a: string; readonly b: string } = { a: 'a', b: 'b' },
): Converted {
  const side = sides[String(row.winner).toLowerCase()];
  if (side === undefined)
    return { problem: `winner ${JSON.stringify(row.winner)} is none of model_a, model_b, tie` };
  const turn = numberOf(row.turn);
  const a = cut(messagesOf(row.conversation_a), turn);
  const b = cut(messagesOf(row.conversation_b), turn);
  if (a === null || b === null) return { problem: 'conversation_a or conversation_b cannot be read' };
  // what stands in front of the first difference is the prompt
  const shared = Math.max(1, sharedTurns(a, b));
  const id = given ?? contentId(a, b);
  const at: { readonly at?: string } | { readonly problem: string } =
    row.tstamp === undefined ? {} : readTime(row.tstamp, { zone: 'UTC', dates: 'ymd' });
  const rater = { rater: textOf(row.judge) ?? 'arena', rater_kind: kind } as const;
  const one = (name: 'a' | 'b', turns: readonly ChatMessage[]) =>
    present({ id: ids[name], text: textOfTurns(turns.slice(shared)), model: textOf(row[`model_${name}`]) });
  return {
    items: [
      {
        id,
        prompt: promptOfTurns(a.slice(0, shared)),
        candidates: [one('a', a), one('b', b)],
        ...present({ category: textOf(row.category) }),
      },
    ],
    votes: [
      pairVote(id, rater, [ids.a, ids.b], side === 'tie' ? null : ids[side], 'problem' in at ? {} : at),
    ],
  };
}

/** MT-Bench stores both turns with every judgment; the first turn ends after its answer. */
function cut(turns: readonly ChatMessage[] | null, turn: number | undefined): readonly ChatMessage[] | null {
  return turns === null || turn !== 1 || turns.length <= 2 ? turns : turns.slice(0, 2);
}

/** Arena battles as the Kaggle competition had them: one column a winner. */
export const arenaKaggle: ImportFormat = {
  name: 'arena-55k',
  from: 'LMSYS human preference 55k (Kaggle)',
  columns: ['prompt', 'response_a', 'response_b', 'winner_model_a', 'winner_model_b', 'winner_tie'],
  sniff: ({ first }) =>
    haveColumns(first, 'response_a', 'response_b', 'winner_model_a', 'winner_model_b')
      ? { score: 0.95, reason: 'columns winner_model_a and winner_model_b' }
      : null,
  read(row) {
    const [prompts, a, b] = [row.prompt, row.response_a, row.response_b].map((cell) => {
      const list = asList(cell);
      return list.length > 0 ? list.map((text) => String(text ?? '')) : [String(cell)];
    }) as [string[], string[], string[]];
    const winners = (['winner_model_a', 'winner_model_b', 'winner_tie'] as const).map((name) =>
      numberOf(row[name]),
    );
    if (winners.filter((one) => one === 1).length !== 1)
      return { problem: 'not exactly one of the winner columns is 1' };
    const id = textOf(row.id) ?? contentId(prompts, a, b);
    const text = (answers: readonly string[]) =>
      textOfTurns(
        answers.flatMap((answer, index): ChatMessage[] => [
          ...(index === 0 ? [] : [{ role: 'user', content: prompts[index] ?? '' } as const]),
          { role: 'assistant', content: answer },
        ]),
      );
    const candidate = (name: 'a' | 'b', answers: readonly string[]) =>
      present({ id: name, text: text(answers), model: textOf(row[`model_${name}`]) });
    return {
      items: [{ id, prompt: prompts[0] ?? null, candidates: [candidate('a', a), candidate('b', b)] }],
      votes: [
        pairVote(
          id,
          { rater: 'arena', rater_kind: 'human' },
          ['a', 'b'],
          winners[0] === 1 ? 'a' : winners[1] === 1 ? 'b' : null,
        ),
      ],
    };
  },
};

/** AlpacaEval annotations: preference 1 is output_1, 2 is output_2, and between them a probability. */
export const alpacaEval: ImportFormat = {
  name: 'alpaca-eval',
  from: 'AlpacaEval annotations',
  columns: ['instruction', 'output_1', 'output_2', 'preference'],
  sniff: ({ first }) =>
    haveColumns(first, 'instruction', 'output_1', 'output_2', 'preference')
      ? { score: 0.97, reason: 'columns output_1, output_2 and preference' }
      : null,
  read(row) {
    const texts = [textOf(row.output_1), textOf(row.output_2)] as const;
    if (texts[0] === undefined || texts[1] === undefined) return { problem: 'output_1 or output_2 is empty' };
    const prompt = textOf(row.instruction) ?? null;
    const id = contentId(prompt, ...texts);
    const name = textOf(row.annotator) ?? 'annotator';
    const by = {
      rater: name,
      rater_kind: textOf(row.annotator_index) !== undefined && !('annotator' in row) ? 'human' : 'llm',
    } as const;
    const items = [
      {
        id,
        prompt,
        candidates: [
          present({ id: 'a', text: texts[0], model: textOf(row.generator_1) }),
          present({ id: 'b', text: texts[1], model: textOf(row.generator_2) }),
        ],
        ...present({ category: textOf(row.dataset) }),
      },
    ];
    const value = row.preference;
    if (value === null || value === undefined || value === '')
      return {
        items,
        votes: [
          {
            item: id,
            ...by,
            kind: 'pairwise',
            shown: ['a', 'b'],
            outcome: 'abstain',
            reason: 'no preference',
          },
        ],
      };
    const preference = numberOf(value);
    if (preference === undefined || !(preference === 0 || (preference >= 1 && preference <= 2)))
      return { items, problem: `preference ${JSON.stringify(value)} is not 0 or between 1 and 2` };
    if (preference === 0 || preference === 1.5) return { items, votes: [pairVote(id, by, ['a', 'b'], null)] };
    const second = preference - 1;
    const extra = second === 0 || second === 1 ? {} : { probability: Math.max(second, 1 - second) };
    return { items, votes: [pairVote(id, by, ['a', 'b'], second > 0.5 ? 'b' : 'a', extra)] };
  },
};

/** arena-hard judgments: two games a question, the baseline first and then second. */
export const arenaHard: ImportFormat = {
  name: 'arena-hard',
  from: 'arena-hard-auto judgments',
  columns: ['question_id', 'model', 'judge', 'games'],
  joinsItems: true,
  sniff: ({ first }) =>
    haveColumns(first, 'model', 'judge', 'games') ? { score: 0.95, reason: 'judgments in two games' } : null,
  read(row) {
    const item = textOf(row.question_id) ?? textOf(row.uid);
    const model = textOf(row.model);
    if (item === undefined || model === undefined) return { problem: 'question_id or model is missing' };
    const judge = textOf(row.judge) ?? 'judge';
    const baseline = textOf(row.baseline) ?? 'baseline';
    const by = { rater: judge, rater_kind: 'llm', model: judge } as const;
    const votes = asList(row.games).map((game, index) => {
      const { score, judgment } = asRecord(game);
      const shown: readonly [string, string] = index === 0 ? [baseline, model] : [model, baseline];
      const said = textOf(judgment) ?? textOf(asRecord(judgment).answer);
      const reason = present({ reason: said?.slice(0, 2000) });
      const match = /^\s*([AB])(<<|<|=|>|>>)([AB])\s*$/.exec(String(score));
      if (match === null)
        return {
          item,
          ...by,
          kind: 'pairwise',
          shown,
          outcome: 'abstain',
          reason: 'no verdict in the judgment',
        } as const;
      if (match[2] === '=') return pairVote(item, by, shown, null, reason);
      const better = match[2]!.startsWith('>') ? match[1] : match[3];
      return pairVote(item, by, shown, better === 'A' ? shown[0] : shown[1], {
        strength: match[2]!.length,
        ...reason,
      });
    });
    const candidates = [
      { id: baseline, text: null, model: baseline },
      { id: model, text: null, model },
    ];
    return {
      items: [{ id: item, prompt: null, candidates, ...present({ category: textOf(row.category) }) }],
      votes,
    };
  },
};
