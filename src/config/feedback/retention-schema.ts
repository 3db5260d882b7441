import { z } from 'zod';
import { defaultRetention, type RetentionClass, retentionClasses } from '../../domain/retention.ts';

const days = z.union([z.int().min(1), z.literal('forever')]);

/** Section `retention`: days until each class of feedback is removed by `quorate feedback retain`. */
export const retentionSchema = z
  .strictObject(
    Object.fromEntries(
      retentionClasses.map((name) => [name, days.default(defaultRetention[name] ?? 'forever')]),
    ) as Record<RetentionClass, z.ZodDefault<typeof days>>,
  )
  .transform((written) => {
    const inDays = (name: RetentionClass) => (written[name] === 'forever' ? null : written[name]);
    return Object.fromEntries(retentionClasses.map((name) => [name, inDays(name)])) as Record<
      RetentionClass,
      number | null
    >;
  });
