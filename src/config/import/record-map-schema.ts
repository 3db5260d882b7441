import { z } from 'zod';
import type { RowMap } from '../../domain/row-map.ts';
import { fieldSource, rowMapKeys, rowMapOf, type WrittenSource } from './row-map-schema.ts';

const field = (about: string) => fieldSource.optional().describe(about);

const candidate = z.strictObject({
  text: fieldSource.describe('The response: text or a conversation'),
  id: field('Id of the candidate; without it a, b, c, …'),
  model: field('Model that wrote it'),
});

/** Where the fields of an item are in a row: `quorate import items --map`. */
export const itemMapSchema = z
  .strictObject({
    fields: z
      .strictObject({
        id: field('Id of the item; without it, a hash of its content'),
        prompt: field('The prompt: text or a list of chat messages'),
        system: field('A system text before the prompt'),
        reference: field('A correct or ideal answer'),
        context: field('Passages to check against'),
        category: field('Kind of prompt'),
        cluster: field('Source that dependent items share'),
        candidates: z
          .array(candidate)
          .min(1)
          .describe('The responses; a path with [] stands for one candidate for each element'),
      })
      .describe('Where each field is'),
    ...rowMapKeys,
  })
  .transform(({ fields: { candidates, ...fields }, ...keys }): { rows: RowMap; candidates: RowMap[] } => ({
    rows: rowMapOf(fields as Record<string, WrittenSource | undefined>, keys),
    candidates: candidates.map((one, index) => {
      const named = Object.fromEntries(
        Object.entries(one).map(([name, source]) => [`candidates.${index}.${name}`, source]),
      ) as Record<string, WrittenSource | undefined>;
      // conditions are those of the row, not of each candidate
      return { ...rowMapOf(named, keys), where: [], unpivot: [] };
    }),
  }));

/** Where the fields of a vote or label are in a row: `quorate import votes --map`. */
export const voteMapSchema = z
  .strictObject({
    fields: z
      .strictObject({
        item: fieldSource.describe('Id of the item'),
        rater: field('Who gave the vote'),
        rater_kind: field('llm, human, gold, rule, …; default: human for labels, llm for votes'),
        model: field('Model of the rater'),
        criterion: field('Criterion of the vote'),
        sample: field('Index among repeated samples'),
        first: field('Candidate shown first; default: a'),
        second: field('Candidate shown second; default: b'),
        preferred: field(
          'first, second, tie or abstain, or the id of a candidate; map other words with values',
        ),
        candidate: field('Candidate that was scored; default: a'),
        score: field('The score'),
        lowest: field('Lowest possible score'),
        highest: field('Highest possible score'),
        ranking: field('Candidate ids, best first'),
        probability: field("The rater's own confidence, 0 to 1"),
        strength: field('Strength of the preference: 1 better, 2 much better'),
        weight: field('Weight relative to a full vote, 0 to 1'),
        reason: field('Why, in the words of the rater'),
        at: field('Time of the vote'),
      })
      .refine((fields) => Boolean(fields.preferred ?? fields.score ?? fields.ranking), {
        message: 'needs one of preferred, score, ranking',
      })
      .describe('Where each field is'),
    ...rowMapKeys,
  })
  .transform(({ fields, ...keys }) => rowMapOf(fields, keys));
