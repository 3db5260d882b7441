import type { Job } from '../domain/job.ts';
import type { LabelledPanel } from '../engine/allocation/labelled-panel.ts';
import type { Allocation } from '../ports/allocation.ts';

/** Who is asked next, as the job says. @param items how many there are in all. @param panel what labels say of it. */
export async function openAllocation(
  { allocation }: Job,
  items: number,
  panel: LabelledPanel | null,
): Promise<Allocation> {
  const { kind, targetError, stages, maxCallsPerItem } = allocation;
  const labelled = () => panel;
  switch (kind) {
    case 'fixed':
      return (await import('../engine/allocation/fixed.ts')).fixedAllocation();
    case 'cascade': {
      const { cascadeAllocation } = await import('../engine/allocation/cascade.ts');
      return cascadeAllocation({ targetError, stages, maxCallsPerItem, labelled });
    }
    case 'adaptive': {
      const { adaptiveAllocation } = await import('../engine/allocation/adaptive.ts');
      return adaptiveAllocation({ targetError, maxCallsPerItem, items, labelled });
    }
  }
}
