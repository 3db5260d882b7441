import type { Job } from '../../domain/job.ts';
import { adaptiveAllocation } from '../../engine/allocation/adaptive.ts';
import { cascadeAllocation } from '../../engine/allocation/cascade.ts';
import { fixedAllocation } from '../../engine/allocation/fixed.ts';
import type { LabelledPanel } from '../../engine/allocation/labelled-panel.ts';
import type { Allocation } from '../../ports/allocation.ts';

/** Who is asked next, as the job says. @param items how many there are in all. @param panel what labels say of it. */
export function openAllocation({ allocation }: Job, items: number, panel: LabelledPanel | null): Allocation {
  const { kind, targetError, stages, maxCallsPerItem } = allocation;
  const labelled = () => panel;
  switch (kind) {
    case 'fixed':
      return fixedAllocation();
    case 'cascade':
      return cascadeAllocation({ targetError, stages, maxCallsPerItem, labelled });
    case 'adaptive':
      return adaptiveAllocation({ targetError, maxCallsPerItem, items, labelled });
  }
}
