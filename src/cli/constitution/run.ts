import { resolve } from 'node:path';
import { evaluateConstitution } from '../../app/constitution/evaluate-constitution.ts';
import { reviseResponses } from '../../app/constitution/revise-responses.ts';
import { loadJobWith } from '../../app/load-plugin.ts';
import { loadConstitution } from '../../config/constitution/load-constitution.ts';
import { contextOf } from '../app-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { numberOption } from '../number-option.ts';
import type { JudgeFlags } from '../options.ts';
import { requireConsentToJob, trustedJudge } from '../trust/require-consent.ts';
import { evaluationLines, revisionLines } from './text.ts';

export interface EvaluationFlags extends JudgeFlags {
  readonly limit?: string;
  readonly principlesPerPair: string;
  readonly samples: string;
  readonly reasonWords: string;
  readonly seed: string;
  readonly concurrency: string;
  readonly replies: string;
  readonly json?: true;
}

export interface RevisionFlags {
  readonly plugin?: readonly string[];
  readonly trust?: boolean;
  readonly retryErrors?: true;
  readonly json?: true;
}

/** `quorate constitution eval`. */
export async function runEvaluation(
  io: CommandIo,
  name: string,
  files: readonly string[],
  flags: EvaluationFlags,
): Promise<ExitCode> {
  const constitution = await loadConstitution(name, io.cwd);
  const least = { whole: true, min: 1 };
  const words = numberOption('--reason-words', flags.reasonWords, { whole: true, min: 0 });
  const options = {
    seed: numberOption('--seed', flags.seed, { whole: true, min: 0 }),
    principlesPerPair: numberOption('--principles-per-pair', flags.principlesPerPair, least),
    samples: numberOption('--samples', flags.samples, least),
    reasonWords: words === 0 ? null : words,
    limit: flags.limit === undefined ? null : numberOption('--limit', flags.limit, least),
    concurrency: numberOption('--concurrency', flags.concurrency, least),
  };
  const { spec: judge, providers } = await trustedJudge(io, flags);
  const evaluated = await evaluateConstitution(
    {
      ...options,
      constitution,
      judge,
      providers,
      files: files.map((file) => resolve(io.cwd, file)),
      replies: resolve(io.cwd, flags.replies),
    },
    contextOf(io),
  );
  const { report, ...left } = evaluated;
  if (flags.json === true) {
    const head = { constitution: constitution.id, judge: judge.id };
    line(io, JSON.stringify({ ...head, ...left, ...report }, null, 2));
  } else {
    for (const text of evaluationLines(report, { constitution, judge, providers, ...left })) line(io, text);
  }
  return exitCodes.ok;
}

/** `quorate constitution revise`. */
export async function runRevision(io: CommandIo, file: string, flags: RevisionFlags): Promise<ExitCode> {
  const job = await loadJobWith(file, flags.plugin, io);
  await requireConsentToJob(io, job, { ...flags, allowCommands: true });
  const options = { retryErrors: flags.retryErrors === true, parts: job.parts };
  const { written, calls, refused } = await reviseResponses(job, options, contextOf(io));
  if (flags.json === true) line(io, JSON.stringify(written, null, 2));
  else for (const text of revisionLines(written, { cwd: io.cwd, calls })) line(io, text);
  if (refused === null) return exitCodes.ok;
  note(io, `stopped: ${refused.message}`);
  return exitCodes.budget;
}
