import { abCommand } from './ab/command.ts';
import { agreeCommand } from './agree/command.ts';
import { calibrateCommand } from './calibrate/command.ts';
import type { ProgramCommand } from './command.ts';
import { constitutionCommand } from './constitution/command.ts';
import { doctorCommand } from './doctor/command.ts';
import { explainCommand } from './explain/command.ts';
import { exportCommand } from './export/command.ts';
import { factsCommand } from './facts/command.ts';
import { feedbackCommand } from './feedback/command.ts';
import { gateCommand } from './gate/command.ts';
import { importCommand } from './import/command.ts';
import { initCommand } from './init/command.ts';
import { leaderboardCommand } from './leaderboard/command.ts';
import { loopCommand } from './loop/command.ts';
import { modelsCommand } from './models/command.ts';
import { planCommand } from './plan/command.ts';
import { reconcileCommand } from './reconcile/command.ts';
import { runCommand } from './run/command.ts';
import { schemaCommand } from './schema/command.ts';
import { serveCommand } from './serve/command.ts';
import { simulateCommand } from './simulate/command.ts';
import { tokensCommand } from './tokens/command.ts';
import { trainCommand } from './train/command.ts';
import { triggersCommand } from './triggers/command.ts';
import { trustCommand } from './trust/command.ts';

/** Every command, in the order of `quorate --help`. One import and one line each. */
// biome-ignore format: one command a line, so that branches merge
export const commands: readonly ProgramCommand[] = [
  initCommand,
  importCommand,
  planCommand,
  runCommand,
  doctorCommand,
  explainCommand,
  reconcileCommand,
  calibrateCommand,
  agreeCommand,
  leaderboardCommand,
  simulateCommand,
  exportCommand,
  gateCommand,
  modelsCommand,
  trainCommand,
  triggersCommand,
  loopCommand,
  abCommand,
  feedbackCommand,
  serveCommand,
  tokensCommand,
  constitutionCommand,
  factsCommand,
  schemaCommand,
  trustCommand,
];
