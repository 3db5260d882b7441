import type { Job } from '../../domain/job.ts';
import { cascadeAllocation } from '../../engine/allocation/cascade.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import type { Allocation } from '../../ports/allocation.ts';

/** Who is asked next, as the job says. */
export function openAllocation({ allocation }: Job): Allocation {
  const { kind, targetError, stages, maxCallsPerItem } = allocation;
  return kind === 'cascade' ? cascadeAllocation({ targetError, stages, maxCallsPerItem }) : fixedAllocation();
}
