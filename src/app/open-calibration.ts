import type { LabelledPanel } from '../engine/allocation/labelled-panel.ts';
import { recallPanel } from '../engine/allocation/panel-file.ts';
import { readText } from '../files/read-lines.ts';
import { parseRaterModel, type RaterModel } from '../reconcile/estimate/rater-model.ts';

/** What an earlier `quorate calibrate` found out about the raters of a job. */
export interface Calibration {
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
