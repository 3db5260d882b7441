import type { CommandModule } from '../command.ts';
import { abCommand } from './ab.ts';
import { agreeCommand } from './agree.ts';
import { calibrateCommand } from './calibrate.ts';
import { constitutionCommand } from './constitution.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { factsCommand } from './facts.ts';
import { feedbackCommand } from './feedback.ts';
import { gateCommand } from './gate.ts';
import { initCommand } from './init.ts';
import { leaderboardCommand } from './leaderboard.ts';
import { loopCommand } from './loop.ts';
import { modelsCommand } from './models.ts';
import { planCommand } from './plan.ts';
import { reconcileCommand } from './reconcile.ts';
import { runCommand } from './run.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { simulateCommand } from './simulate.ts';
import { tokensCommand } from './tokens.ts';
import { trainCommand } from './train.ts';
import { triggersCommand } from './triggers.ts';

/** Every command, in the order of `quorate --help`. One import and one line each. */
// biome-ignore format: one command a line, so that branches merge
export const commands: readonly CommandModule[] = [
  initCommand,
  planCommand,
  runCommand,
  reconcileCommand,
  agreeCommand,
  leaderboardCommand,
  modelsCommand,
  trainCommand,
  triggersCommand,
  loopCommand,
  abCommand,
  calibrateCommand,
  simulateCommand,
  explainCommand,
  exportCommand,
  feedbackCommand,
  gateCommand,
  constitutionCommand,
  factsCommand,
  serveCommand,
  tokensCommand,
  doctorCommand,
  schemaCommand,
];
