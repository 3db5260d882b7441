import type { Vote } from '../../domain/vote.ts';
import { messagesOf, promptOfTurns, textOfTurns } from '../chat.ts';
import type { Converted, ImportFormat } from '../format.ts';
import { contentId, datasetLabel, oneResponse, scoreOf } from '../records.ts';
import { asList, asRecord, booleanOf, haveColumns, numberOf, present, textOf } from '../values.ts';
import { promptOf } from './pair-rows.ts';

const gpt4 = { rater: 'gpt-4', rater_kind: 'llm', model: 'gpt-4' } as const;

/** UltraFeedback as it was published: four completions a prompt, rated by GPT-4 on four aspects. */
export const ultrafeedback: ImportFormat = {
  name: 'ultrafeedback',
  from: 'UltraFeedback (raw)',
  columns: ['instruction', 'models', 'completions'],
  sniff: ({ first }) =>
    haveColumns(first, 'instruction', 'completions')
      ? { score: 0.95, reason: 'columns instruction and completions' }
      : null,
  read(row) {
    const prompt = textOf(row.instruction) ?? null;
    const completions = asList(row.completions).map(asRecord);
    const texts = completions.map(({ response }) => textOf(response));
    if (completions.length === 0 || texts.some((text) => text === undefined))
      return { problem: 'a completion has no response' };
    const id = contentId(prompt, texts);
    const votes: Vote[] = [];
    const candidates = completions.map(({ model, annotations, overall_score: overall }, index) => {
      const candidate = `r${index + 1}`;
      for (const [criterion, one] of Object.entries(asRecord(annotations))) {
        const { Rating, Rationale } = asRecord(one);
        const score = numberOf(Rating);
        if (score === undefined) continue;
        votes.push(
          scoreOf(id, candidate, gpt4, score, [1, 5], present({ criterion, reason: textOf(Rationale) })),
        );
      }
      const score = numberOf(overall);
      if (score !== undefined) votes.push(scoreOf(id, candidate, gpt4, score, [1, 10]));
      return present({ id: candidate, text: texts[index]!, model: textOf(model) });
    });
    return { items: [{ id, prompt, candidates, ...present({ category: textOf(row.source) }) }], votes };
  },
};

/** Nectar: seven answers a prompt, ranked by GPT-4. */
export const nectar: ImportFormat = {
  name: 'nectar',
  from: 'Nectar (Berkeley)',
  columns: ['prompt', 'answers'],
  sniff: ({ first }) =>
    haveColumns(first, 'prompt', 'answers') &&
    first.every(({ answers }) => 'rank' in asRecord(asList(answers)[0]))
      ? { score: 0.95, reason: 'answers with ranks' }
      : null,
  read(row) {
    const prompt = promptOf(row);
    // the file puts the best first
    const answers = asList(row.answers)
      .map(asRecord)
      .map((one) => ({ text: textOf(one.answer), model: textOf(one.model), rank: numberOf(one.rank) }))
      .sort((a, b) => (contentId(a.text) < contentId(b.text) ? -1 : 1));
    if (answers.some(({ text, rank }) => text === undefined || rank === undefined))
      return { problem: 'an answer has no text or no rank' };
    const id = contentId(
      prompt,
      answers.map(({ text }) => text),
    );
    const candidates = answers.map(({ text, model }, index) =>
      present({ id: `r${index + 1}`, text: text!, model }),
    );
    const ranks = [...new Set(answers.map(({ rank }) => rank!))].sort((a, b) => a - b);
    const ranking = ranks.map((rank) =>
      candidates.filter((_, index) => answers[index]!.rank === rank).map((one) => one.id),
    );
    return {
      items: [
        { id, prompt, candidates, ...present({ category: textOf(asList(row.source)[0] ?? row.source) }) },
      ],
      votes: [{ item: id, ...gpt4, kind: 'listwise', outcome: 'verdict', ranking }],
    };
  },
};

/** KTO rows: one completion and whether it is desirable. */
export const kto: ImportFormat = {
  name: 'kto',
  from: 'TRL KTO (unpaired preference)',
  columns: ['prompt', 'completion', 'label'],
  sniff: ({ first }) =>
    haveColumns(first, 'prompt', 'completion', 'label')
      ? { score: 0.9, reason: 'columns prompt, completion and label' }
      : null,
  read(row) {
    const label = booleanOf(row.label);
    if (label === undefined)
      return { problem: `label ${JSON.stringify(row.label)} is neither true nor false` };
    const read = completionItem(row);
    if (read.items === undefined) return read;
    return { ...read, votes: [scoreOf(read.items[0]!.id, 'a', datasetLabel, label ? 1 : 0, [0, 1])] };
  },
};

function completionItem(row: Readonly<Record<string, unknown>>): Converted {
  const turns = messagesOf(row.completion);
  const text = turns === null ? textOf(row.completion) : textOfTurns(turns);
  if (text === undefined) return { problem: '"completion" is neither text nor a conversation' };
  return { items: [oneResponse(promptOf(row), text, present({ id: textOf(row.id) }))] };
}

/** Demonstrations: the last answer of a conversation, or a completion, is the response. */
export const sft: ImportFormat = {
  name: 'sft',
  from: 'TRL SFT, OpenAI fine-tuning, ShareGPT, WildChat',
  columns: ['messages'],
  sniff({ first }) {
    if (haveColumns(first, 'prompt', 'completion'))
      return { score: 0.7, reason: 'columns prompt and completion' };
    const name = ['messages', 'conversations', 'conversation'].find((column) =>
      first.every((row) => messagesOf(row[column]) !== null),
    );
    return name === undefined || first.length === 0
      ? null
      : { score: 0.6, reason: `conversations in "${name}"` };
  },
  read(row) {
    if ('completion' in row) return completionItem(row);
    const turns = messagesOf(row.messages ?? row.conversations ?? row.conversation);
    if (turns === null) return { problem: 'the conversation cannot be read' };
    const last = turns.findLastIndex(({ role }) => role === 'user');
    const answer = turns.slice(last + 1);
    if (last === -1 || answer.length === 0)
      return { leftOut: 'the conversation does not end with an answer' };
    const system = textOf(row.system);
    const asked = turns.slice(0, last + 1);
    const prompt = system === undefined ? asked : [{ role: 'system', content: system } as const, ...asked];
    const about = present({ id: textOf(row.id ?? row.conversation_hash), model: textOf(row.model) });
    return { items: [oneResponse(promptOfTurns(prompt), textOfTurns(answer), about)] };
  },
};

/** Alpaca rows: instruction, input, output. */
export const alpaca: ImportFormat = {
  name: 'alpaca',
  from: 'Alpaca, Dolly',
  columns: ['instruction', 'input', 'output'],
  sniff: ({ first }) =>
    haveColumns(first, 'instruction', 'output')
      ? { score: 0.75, reason: 'columns instruction and output' }
      : haveColumns(first, 'instruction', 'response')
        ? { score: 0.75, reason: 'columns instruction and response' }
        : null,
  read(row) {
    const text = textOf(row.output ?? row.response);
    if (text === undefined) return { problem: '"output" is empty' };
    const context = textOf(row.context);
    return {
      items: [
        oneResponse(
          promptOf({ ...row, prompt: undefined }),
          text,
          context === undefined ? {} : { context: [context] },
        ),
      ],
    };
  },
};

/** distilabel: several generations of one instruction, with a rating each. */
export const distilabel: ImportFormat = {
  name: 'distilabel',
  from: 'distilabel (generations and ratings)',
  columns: ['instruction', 'generations', 'ratings'],
  sniff: ({ first }) =>
    haveColumns(first, 'generations', 'ratings')
      ? { score: 0.9, reason: 'columns generations and ratings' }
      : null,
  read(row) {
    const texts = asList(row.generations).map(textOf);
    if (texts.length === 0 || texts.some((text) => text === undefined))
      return { problem: 'a generation has no text' };
    const ratings = asList(row.ratings ?? row.rating);
    const models = asList(row.generation_models ?? row.model_names);
    const prompt = promptOf(row) ?? textOf(row.input) ?? null;
    const id = textOf(row.id) ?? contentId(prompt, texts);
    const name = textOf(row.model_name) ?? 'distilabel';
    const reasons = asList(row.rationales);
    return {
      items: [
        {
          id,
          prompt,
          candidates: texts.map((text, index) =>
            present({ id: `r${index + 1}`, text: text!, model: textOf(models[index]) }),
          ),
        },
      ],
      votes: ratings.flatMap((rating, index) => {
        const score = numberOf(rating);
        const extra = present({ reason: textOf(reasons[index]) });
        return score === undefined
          ? []
          : [
              scoreOf(
                id,
                `r${index + 1}`,
                { rater: name, rater_kind: 'llm', model: name },
                score,
                undefined,
                extra,
              ),
            ];
      }),
    };
  },
};
