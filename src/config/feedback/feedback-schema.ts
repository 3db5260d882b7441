import { z } from 'zod';
import { intakeSchema } from './intake-schema.ts';
import { retentionSchema } from './retention-schema.ts';

/** The settings of the feedback loop: one section a file, all of them optional. */
export const feedbackSchema = z.strictObject({
  intake: intakeSchema.prefault({}),
  retention: retentionSchema.prefault({}),
});

export type FeedbackSettings = z.output<typeof feedbackSchema>;
