import { resolve } from 'node:path';
import { loadLoop } from '../../config/loop/load-loop.ts';
import { ConfigError, StoreError } from '../../domain/errors.ts';
import type { Experiment, LoopSpec } from '../../domain/loop.ts';
import { armLabel, assignArm } from '../../loop/experiment/assign-arm.ts';
import { type Readout, readOut } from '../../loop/experiment/read-out.ts';
import { textTable } from '../../reports/text/text-table.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { withLoop } from '../loop/open-loop.ts';

export interface ReadoutFlags {
  readonly config: string;
  readonly now?: string;
  readonly json?: boolean;
}

export async function assignUsers(
  io: CommandIo,
  id: string,
  users: readonly string[],
  flags: ReadoutFlags,
): Promise<ExitCode> {
  const experiment = experimentOf(await loadLoop(resolve(io.cwd, flags.config)), id);
  for (const user of users) {
    const arm = assignArm(experiment, user);
    const label = armLabel(experiment, arm);
    line(
      io,
      flags.json === true ? JSON.stringify({ experiment: id, user, arm, label }) : `${user}\t${label}`,
    );
  }
  return exitCodes.ok;
}

export function readOutExperiment(io: CommandIo, id: string, flags: ReadoutFlags): Promise<ExitCode> {
  return withLoop(io, flags.config, { now: flags.now, by: '' }, async ({ loop, clock, ...parts }) => {
    const experiment = experimentOf(loop, id);
    const feedback = await parts.feedback();
    if (feedback === null) {
      throw new StoreError(`${loop.feedback}: there is no feedback yet`, {
        hint: 'quorate serve and quorate feedback import bring it in',
      });
    }
    const readout = await readOut(experiment, feedback, clock.now());
    if (flags.json === true) line(io, JSON.stringify(readout, null, 2));
    else writeReadout(io, readout);
    return { pass: exitCodes.ok, fail: exitCodes.negative, inconclusive: exitCodes.inconclusive }[
      readout.answer
    ];
  });
}

function experimentOf({ experiments, file }: LoopSpec, id: string): Experiment {
  const found = experiments.find((experiment) => experiment.id === id);
  if (found !== undefined) return found;
  throw new ConfigError(`${file} has no experiment "${id}"`, [], {
    hint:
      experiments.length === 0
        ? 'describe it under "experiments"'
        : `experiments: ${experiments.map((known) => known.id).join(', ')}`,
  });
}

function writeReadout(
  io: CommandIo,
  { arms, comparisons, answer, reason, users_in_several_arms }: Readout,
): void {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const comparison = (arm: string) => comparisons.find((each) => each.arm === arm);
  line(
    io,
    textTable(arms, [
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
        title: 'against the first',
        text: ({ arm }) => {
          const found = comparison(arm);
          if (found === undefined || found.improvement === null) return '';
          return `${percent(found.improvement)} [${found.interval.map(percent).join(', ')}]`;
        },
      },
    ]),
  );
  line(io, `${answer}: ${reason}`);
  if (users_in_several_arms > 0)
    note(io, `${users_in_several_arms} users were served by several arms and are left out`);
}
