import { z } from 'zod';
import { idSchema, text } from './common-schema.ts';

/** The `rules` section of a job or a rubric. */
export const rulesSchema = z.array(
  z.looseObject({
    id: idSchema.optional().describe('Short name, used in reports'),
    check: text.describe('Which check'),
    severity: z.enum(['veto', 'penalty', 'info']).default('penalty'),
  }),
);
