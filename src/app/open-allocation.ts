import type { Job } from '../domain/job.ts';
import type { LabelledPanel } from '../engine/allocation/labelled-panel.ts';
import { recallPanel } from '../engine/allocation/panel-file.ts';
import { readText } from '../files/read-lines.ts';
import type { Allocation } from '../ports/allocation.ts';
import { parseRaterModel, type RaterModel } from '../reconcile/estimate/rater-model.ts';

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

/** What an earlier `quorate calibrate` found out about the raters of a job. */
interface Calibration {
  readonly model: RaterModel;
  /** For who is asked next; null where the file was written without, or from too few labelled items. */
  readonly panel: LabelledPanel | null;
}

/** @throws InputError where the file cannot be read as a rater model. */
export async function openCalibration(file: string | null): Promise<Calibration | null> {
  if (file === null) return null;
  const model = parseRaterModel(await readText(file), file);
  return { model, panel: recallPanel(model, file) };
}
