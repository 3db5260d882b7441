import { relative } from 'node:path';
import { measureAgreementOfFiles } from '../../app/analysis/measure-agreement-of-files.ts';
import { writeAgreementFigures } from '../../app/analysis/write-agreement-figures.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { numberOption } from '../number-option.ts';
import { pathsOf, ratersOf, seedOf } from '../options.ts';
import { agreementText } from './text.ts';

export interface AgreeFlags {
  readonly votes: readonly string[];
  readonly items?: readonly string[];
  readonly labels?: readonly string[];
  readonly raters?: string;
  readonly seed: string;
  readonly draws: string;
  readonly epsilon: string;
  readonly json?: boolean;
  readonly html?: string;
  readonly svg?: string;
}

export async function runAgree(io: CommandIo, flags: AgreeFlags): Promise<ExitCode> {
  const path = pathsOf(io);
  const report = await measureAgreementOfFiles(
    {
      votes: flags.votes.map(path),
      items: flags.items?.map(path),
      labels: flags.labels?.map(path),
    },
    {
      raters: ratersOf(flags),
      seed: seedOf(flags),
      replicates: numberOption('--draws', flags.draws, { whole: true, min: 100, max: 100_000 }),
      epsilon: numberOption('--epsilon', flags.epsilon, { min: 0, max: 1 }),
    },
  );
  const html = flags.html === undefined ? undefined : path(flags.html);
  const svg = flags.svg === undefined ? undefined : path(flags.svg);
  const figures = await writeAgreementFigures(report, { html, svg });
  for (const file of figures) note(io, `wrote ${relative(io.cwd, file)}`);
  line(io, flags.json === true ? JSON.stringify(report, null, 2) : agreementText(report));
  for (const { warning, count } of report.warnings) note(io, `warning: ${warning} (${count})`);
  return exitCodes.ok;
}
