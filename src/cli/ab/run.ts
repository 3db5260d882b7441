import { assignUsers, readOutExperiment } from '../../app/loop/experiments.ts';
import type { Readout } from '../../loop/experiment/read-out.ts';
import { textTable } from '../../reports/text/text-table.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { contextAt, type LoopFileFlags, loopFile } from '../loop/options.ts';
import { requireConsentToLoop } from '../trust/require-consent.ts';

export interface AssignFlags extends LoopFileFlags {
  readonly json?: boolean;
}

export interface ReadoutFlags extends AssignFlags {
  readonly trust?: boolean;
  readonly now?: string;
}

/** `quorate ab assign`. */
export async function runAssign(
  io: CommandIo,
  experiment: string,
  users: readonly string[],
  flags: AssignFlags,
): Promise<ExitCode> {
  for (const assigned of await assignUsers(loopFile(io, flags), experiment, users))
    line(io, flags.json === true ? JSON.stringify(assigned) : `${assigned.user}\t${assigned.label}`);
  return exitCodes.ok;
}

/** `quorate ab readout`. */
export async function runReadout(io: CommandIo, experiment: string, flags: ReadoutFlags): Promise<ExitCode> {
  const file = loopFile(io, flags);
  // it opens the stores, but runs no command
  await requireConsentToLoop(io, file, { ...flags, allowCommands: true });
  const readout = await readOutExperiment(file, experiment, contextAt(io, flags.now));
  const { answer, users_in_several_arms: several } = readout;
  line(io, flags.json === true ? JSON.stringify(readout, null, 2) : readoutText(readout));
  if (flags.json !== true && several > 0)
    note(io, `${several} users were served by several arms and are left out`);
  return { pass: exitCodes.ok, fail: exitCodes.negative, inconclusive: exitCodes.inconclusive }[answer];
}

function readoutText({ arms, comparisons, answer, reason }: Readout): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const table = textTable(arms, [
    { title: 'arm', text: ({ arm }) => arm },
    { title: 'share', right: true, text: ({ share }) => percent(share) },
    { title: 'users', right: true, text: ({ users }) => String(users) },
    { title: 'rated', right: true, text: ({ rated_users }) => String(rated_users) },
    {
      title: 'positive',
      right: true,
      text: ({ positive_share }) => (positive_share === null ? '' : percent(positive_share)),
    },
    {
      title: 'difference to the first',
      text: ({ arm }) => {
        const found = comparisons.find((comparison) => comparison.arm === arm);
        if (found === undefined || found.improvement === null) return '';
        return `${percent(found.improvement)} [${found.interval.map(percent).join(', ')}]`;
      },
    },
  ]);
  return `${table}\n${answer}: ${reason}`;
}
