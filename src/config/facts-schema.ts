import { z } from 'zod';

/** The `facts` section of a job. */
export const factsSchema = z.looseObject({});
