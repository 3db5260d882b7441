import { knownParts, loadJobWith } from '../../app/load-plugin.ts';
import { type AttackReport, attackJudges } from '../../app/run/attack-judges.ts';
import { diagnoseJudges, type JudgeDiagnosis } from '../../app/run/diagnose-judges.ts';
import { contextOf } from '../app-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { numberOption } from '../number-option.ts';
import { accessOfLoadedJob, requireConsent } from '../trust/require-consent.ts';
import { accessLines } from '../trust/text.ts';
import { attackLines, attackVerdict, diagnosisLines } from './text.ts';

export interface DoctorFlags {
  readonly plugin?: readonly string[];
  readonly attack?: boolean;
  readonly allow: string;
  readonly trust?: boolean;
  readonly json?: boolean;
}

export async function runDoctor(io: CommandIo, jobFile: string, flags: DoctorFlags): Promise<ExitCode> {
  const allowed = numberOption('--allow', flags.allow, { min: 0, max: 1 });
  const job = await loadJobWith(jobFile, flags.plugin, io);
  const { providers } = knownParts(job.parts);
  const project = await accessOfLoadedJob(io, job, { plugins: flags.plugin });
  for (const text of accessLines(project.access)) note(io, text);
  await requireConsent(io, project, { ...flags, allowCommands: true });
  const judges = await diagnoseJudges(job.panel, io.env, io.signal, providers);
  const code = diagnosisCode(judges);
  const attacks =
    flags.attack === true && code === exitCodes.ok ? await attackJudges(job, contextOf(io), providers) : null;
  if (flags.json === true) {
    const found = {
      access: project.access,
      judges,
      ...(attacks === null ? {} : { attacks: attacks.findings }),
    };
    line(io, JSON.stringify(found, null, 2));
  } else {
    const lines = [...diagnosisLines(judges), ...(attacks === null ? [] : attackLines(attacks))];
    for (const text of lines) line(io, text);
  }
  note(io, code === exitCodes.ok ? 'All judges are available.' : 'Some judges are not available.');
  if (attacks === null) return code;
  const attackEnd = attackCode(attacks, allowed);
  note(io, attackVerdict(attackEnd));
  return attackEnd;
}

/** Missing credentials first: only the user can provide them. */
function diagnosisCode(findings: readonly JudgeDiagnosis[]): ExitCode {
  const failures = findings.filter((finding) => !finding.ok && !finding.optional);
  const kinds = failures.flatMap((finding) => (finding.ok ? [] : finding.kind));
  if (kinds.includes('auth')) return exitCodes.credentials;
  if (kinds.includes('config')) return exitCodes.usage;
  return kinds.length > 0 ? exitCodes.provider : exitCodes.ok;
}

/**
 * Negative where a judge exceeds the allowed success rate. Inconclusive where a judge has no rate: no verdicts, or it
 * prefers the wrong response without the attack too.
 */
function attackCode({ findings, refused }: AttackReport, allowed: number): ExitCode {
  const rates = findings.map(({ families }) => families.at(-1)!.rate);
  if (rates.some((rate) => rate !== null && rate > allowed)) return exitCodes.negative;
  if (refused !== null) return exitCodes.budget;
  return rates.includes(null) ? exitCodes.inconclusive : exitCodes.ok;
}
