import { calibrateOnFiles } from '../../app/analysis/calibrate-on-files.ts';
import { writeText } from '../../files/write-lines.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { pathsOf } from '../options.ts';
import { type ReconcileFlags, reconcileOptionsOf, recordFilesOf } from '../reconcile/flags.ts';
import { warningLines } from '../reconcile/text.ts';

export interface CalibrateFlags extends ReconcileFlags {
  readonly labels: readonly string[];
  readonly out: string;
  readonly json?: boolean;
}

export async function runCalibrate(io: CommandIo, flags: CalibrateFlags): Promise<ExitCode> {
  const path = pathsOf(io);
  const files = { ...recordFilesOf(io, flags), labels: flags.labels.map(path) };
  const { model, report } = await calibrateOnFiles(files, reconcileOptionsOf(flags));
  await writeText(path(flags.out), [`${JSON.stringify(model, null, 2)}\n`]);
  if (flags.json === true) line(io, JSON.stringify(report, null, 2));
  note(io, `${flags.out}: ${report.estimator}, from ${model.labelled_pairs} labelled pairs`);
  const { held_out: scores } = report;
  if (scores !== null) {
    const { accuracy, ece, brier, n } = scores;
    note(io, `held out: accuracy ${accuracy}, ECE ${ece}, Brier ${brier} (n = ${n})`);
  }
  for (const text of warningLines(report)) note(io, text);
  return exitCodes.ok;
}
