import { relative, resolve } from 'node:path';
import { systemClock } from '../../app/system-clock.ts';
import { accessAt } from '../../app/trust/access-of-file.ts';
import { isTrusted, revokeTrust, trustProject } from '../../app/trust/trust-store.ts';
import { ConfigError } from '../../domain/errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { accessLines } from './text.ts';

export interface TrustFlags {
  readonly show?: boolean;
  readonly revoke?: boolean;
  readonly json?: boolean;
}

/** `quorate trust`. */
export async function runTrust(io: CommandIo, path: string, flags: TrustFlags): Promise<ExitCode> {
  if (flags.show === true && flags.revoke === true)
    throw new ConfigError('--show and --revoke exclude each other');
  const projects = await accessAt(resolve(io.cwd, path), io.env);
  const shown = [];
  for (const project of projects) {
    const { file, access } = project;
    const needed = access.some(({ needsTrust }) => needsTrust);
    const name = relative(io.cwd, file) || file;
    if (flags.json !== true) for (const text of accessLines(access)) line(io, `${name}: ${text}`);
    if (flags.revoke === true) {
      const had = await revokeTrust(project, io.env);
      note(io, `${name}: ${had ? 'no longer trusted' : 'was not trusted as it is now'}`);
    } else if (flags.show !== true && needed) {
      await trustProject(project, io.env, systemClock.now());
      note(io, `${name}: trusted until it, or a file that it names, changes`);
    }
    const trusted = !needed || (await isTrusted(project, io.env));
    if (flags.show === true) note(io, `${name}: ${stateText(needed, trusted)}`);
    else if (flags.revoke !== true && !needed) note(io, `${name}: needs no consent`);
    shown.push({ file, trusted, needs_trust: needed, access });
  }
  if (flags.json === true) line(io, JSON.stringify(shown, null, 2));
  return flags.show === true && shown.some(({ trusted }) => !trusted) ? exitCodes.negative : exitCodes.ok;
}

function stateText(needed: boolean, trusted: boolean): string {
  if (!needed) return 'needs no consent';
  return trusted ? 'trusted' : 'not trusted';
}
