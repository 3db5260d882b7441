import { z } from 'zod';
import { actionsSchema } from './actions-schema.ts';
import { alertsSchema } from './alerts-schema.ts';
import { cleaningSchema } from './cleaning-schema.ts';
import { intakeSchema } from './intake-schema.ts';
import { retentionSchema } from './retention-schema.ts';
import { understandingSchema } from './understanding-schema.ts';

/** The settings of the feedback loop: one section a file, all of them optional. */
export const feedbackSchema = z.strictObject({
  intake: intakeSchema.prefault({}),
  cleaning: cleaningSchema.prefault({}),
  understanding: understandingSchema.prefault({}),
  actions: actionsSchema.prefault({}),
  alerts: alertsSchema.prefault({}),
  retention: retentionSchema.prefault({}),
});

export type FeedbackSettings = z.output<typeof feedbackSchema>;
