import { z } from 'zod';
import { type ActionRule, actionKinds, defaultActionRules } from '../../domain/action-rule.ts';
import { failureCategories } from '../../domain/failure-category.ts';
import { share } from '../yaml/common-schema.ts';
import { defined } from '../yaml/defined.ts';

const rule = z
  .strictObject({
    action: z.enum(actionKinds).describe('Where it goes to be mended'),
    categories: z.array(z.enum(failureCategories)).min(1).optional(),
    request: z.boolean().optional().describe('Wishes only (true) or failures only (false)'),
    min_events: z.int().min(1).optional(),
    min_confidence: share.optional(),
  })
  .transform(
    ({ min_events, min_confidence, ...rest }): ActionRule =>
      defined({ ...rest, minEvents: min_events, minConfidence: min_confidence }),
  );

/** Section `actions` of a feedback file: the first rule that fits an issue decides; without one it is not routed. */
export const actionsSchema = z
  .strictObject({ rules: z.array(rule).optional() })
  .transform(({ rules }): readonly ActionRule[] => rules ?? defaultActionRules);
