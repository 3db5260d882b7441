import { z } from 'zod';
import { authorKinds } from '../../domain/feedback-event.ts';
import { type ImportField, type ImportMap, importFields } from '../../domain/import-map.ts';
import { text } from '../yaml/common-schema.ts';

/** How the columns of a table become feedback: `quorate feedback import --map`. */
export const importMapSchema = z
  .strictObject({
    fields: z
      .strictObject(
        Object.fromEntries(importFields.map((name) => [name, text.optional()])) as Record<
          ImportField,
          z.ZodOptional<typeof text>
        >,
      )
      .prefault({})
      .describe('Column name per field, for example {response: answer}; others are matched by usual names'),
    defaults: z
      .strictObject({
        author: text.optional(),
        model_version: text.optional(),
        category: text.optional(),
        settings: z.record(z.string(), z.unknown()).optional(),
      })
      .prefault({})
      .describe('Values for fields without a column'),
    author_kind: z.enum(authorKinds).default('imported').describe('Kind of the authors; default: imported'),
    rating: z
      .strictObject({
        scale: z
          .tuple([z.number(), z.number()])
          .refine(([lowest, highest]) => lowest < highest, 'must be [lowest, highest]')
          .describe('[lowest, highest] rating, for example [1, 10]'),
      })
      .optional()
      .describe('Scale of a rating column, which is converted to stars'),
    assume_utc: z
      .boolean()
      .default(false)
      .describe('Read times without an offset as UTC; otherwise such rows are refused'),
  })
  .transform(
    ({ fields, defaults, author_kind, rating, assume_utc }) =>
      ({
        fields,
        defaults,
        authorKind: author_kind,
        ratingScale: rating?.scale ?? null,
        assumeUtc: assume_utc,
      }) as ImportMap,
  );
