import { dialogueOf, messagesOf } from '../chat.ts';
import type { ImportFormat } from '../format.ts';
import { contentId, preferencePair } from '../records.ts';
import { asList, haveColumns, numberOf, present, textOf } from '../values.ts';
import { promptOf, readPairRow } from './pair-rows.ts';

/** Anthropic's HH-RLHF: two dialogues that part at the last answer. */
export const hhRlhf: ImportFormat = {
  name: 'hh-rlhf',
  from: 'Anthropic HH-RLHF',
  columns: ['chosen', 'rejected'],
  sniff: ({ first }) =>
    haveColumns(first, 'chosen', 'rejected') &&
    first.every(
      ({ chosen }) =>
        typeof chosen === 'string' && /\n\nHuman:/.test(`\n\n${chosen}`) && dialogueOf(chosen) !== null,
    )
      ? { score: 0.95, reason: 'chosen and rejected are dialogues of Human and Assistant' }
      : null,
  read: (row) => readPairRow(row, { by: { rater: 'hh-rlhf', rater_kind: 'human' } }),
};

/** UltraFeedback as Zephyr was trained on it: the best of four against a random other, scored by GPT-4. */
export const ultrafeedbackBinarized: ImportFormat = {
  name: 'ultrafeedback-binarized',
  from: 'UltraFeedback (binarized), Zephyr',
  columns: ['prompt', 'chosen', 'rejected', 'score_chosen', 'score_rejected'],
  sniff: ({ first }) =>
    haveColumns(first, 'chosen', 'rejected', 'score_chosen', 'score_rejected')
      ? { score: 0.95, reason: 'columns score_chosen and score_rejected' }
      : null,
  read(row) {
    const chosen = numberOf(row.score_chosen);
    const rejected = numberOf(row.score_rejected);
    if (chosen === undefined || rejected === undefined)
      return { problem: 'score_chosen or score_rejected is no number' };
    return readPairRow(row, {
      scores: [{ rater: 'gpt-4', rater_kind: 'llm', model: 'gpt-4' }, chosen, rejected, [1, 10]],
    });
  },
};

/** Skywork's preference sets: two conversations and where they are from. */
export const skywork: ImportFormat = {
  name: 'skywork',
  from: 'Skywork-Reward-Preference',
  columns: ['chosen', 'rejected', 'source'],
  sniff: ({ first }) =>
    haveColumns(first, 'chosen', 'rejected', 'source') &&
    !first.some((row) => 'prompt' in row) &&
    first.every(({ chosen }) => messagesOf(chosen) !== null)
      ? { score: 0.9, reason: 'two conversations, chosen and rejected, with their source' }
      : null,
  read: (row) => readPairRow(row, present({ category: textOf(row.source) })),
};

/** RewardBench: one chosen against one rejected (1), or against three (2). */
export const rewardBench: ImportFormat = {
  name: 'rewardbench',
  from: 'RewardBench, RewardBench 2',
  columns: ['id', 'prompt', 'chosen', 'rejected', 'subset'],
  sniff: ({ first }) =>
    haveColumns(first, 'prompt', 'chosen', 'rejected', 'subset')
      ? { score: 0.95, reason: 'columns prompt, chosen, rejected and subset' }
      : null,
  read(row) {
    const category = textOf(row.subset);
    const chosen = asList(row.chosen);
    if (chosen.length === 0) return readPairRow(row, present({ category }));
    const rejected = asList(row.rejected);
    const models = asList(row.models);
    const texts = [...chosen, ...rejected];
    if (!texts.every((text) => typeof text === 'string'))
      return { problem: 'chosen and rejected must be lists of texts' };
    const id = textOf(row.id);
    if (id === undefined) return { problem: '"id" is missing' };
    // in an order of their own: the file puts the best one first
    const order = texts
      .map((text, index) => ({ text: text as string, index, key: contentId(id, text) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const candidates = order.map(({ text, index }, place) =>
      present({ id: `r${place + 1}`, text, model: textOf(models[index]) }),
    );
    const rankOf = (isBest: boolean) =>
      candidates.flatMap((one, place) => (order[place]!.index < chosen.length === isBest ? [one.id] : []));
    const prompt = promptOf(row);
    const by = { rater: 'dataset', rater_kind: 'gold' } as const;
    const ranking = [rankOf(true), rankOf(false)].filter((rank) => rank.length > 0);
    return {
      items: [{ id, prompt, candidates, ...(category !== undefined && { category }) }],
      votes: [{ item: id, ...by, kind: 'listwise', outcome: 'verdict', ranking }],
    };
  },
};

/** Preference rows of TRL, LLaMA-Factory, Axolotl and distilabel: explicit or implicit prompt, text or conversations. */
export const preference: ImportFormat = {
  name: 'preference',
  from: 'TRL, LLaMA-Factory, Axolotl, distilabel, Orca DPO',
  columns: ['prompt', 'chosen', 'rejected'],
  sniff: ({ first }) =>
    haveColumns(first, 'chosen', 'rejected') ? { score: 0.8, reason: 'columns chosen and rejected' } : null,
  read(row) {
    const scores = [
      numberOf(row.chosen_score ?? row.chosen_rating),
      numberOf(row.rejected_score ?? row.rejected_rating),
    ];
    return readPairRow(row, {
      metadata: present({ chosen_score: scores[0], rejected_score: scores[1], source: textOf(row.source) }),
    });
  },
};

/** JudgeBench: two responses of one model, and which is correct. */
export const judgeBench: ImportFormat = {
  name: 'judgebench',
  from: 'JudgeBench',
  columns: ['pair_id', 'question', 'response_A', 'response_B', 'label'],
  sniff: ({ first }) =>
    haveColumns(first, 'question', 'response_A', 'response_B', 'label')
      ? { score: 0.95, reason: 'columns question, response_A, response_B and label' }
      : null,
  read(row) {
    const a = textOf(row.response_A);
    const b = textOf(row.response_B);
    const label = /^\s*([AB])\s*([>=])\s*([AB])\s*$/.exec(String(row.label));
    if (a === undefined || b === undefined) return { problem: 'response_A or response_B is empty' };
    if (label === null) return { problem: `label ${JSON.stringify(row.label)} is none of A>B, B>A, A=B` };
    const model = textOf(row.response_model);
    const id = textOf(row.pair_id);
    const prompt = textOf(row.question) ?? null;
    if (label[2] === '>') {
      const one = (text: string) => present({ text, model });
      return preferencePair({
        id,
        prompt,
        chosen: one(label[1] === 'A' ? a : b),
        rejected: one(label[1] === 'A' ? b : a),
        ...present({ category: textOf(row.source) }),
      });
    }
    return { leftOut: 'a tie of two responses' };
  },
};
