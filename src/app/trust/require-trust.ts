import { relative } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import { oneLine } from '../../reports/text/text-table.ts';
import type { Environment } from '../context.ts';
import type { Access, ProjectAccess } from './access.ts';
import { isTrusted } from './trust-store.ts';

export interface Consent {
  readonly env: Environment;
  /** Consent for this call to everything that the project asks for. */
  readonly trust?: boolean | undefined;
  /** Consent for this call to the commands that it runs. */
  readonly allowCommands?: boolean | undefined;
}

/**
 * Lets a project act only with the user's consent to what needs it.
 * @returns whether its commands may run
 * @throws ConfigError that lists what has no consent; nothing was sent or run
 */
export async function requireTrust(project: ProjectAccess, consent: Consent, cwd: string): Promise<boolean> {
  // a variable that is not set cannot leave the machine
  const isSet = ({ kind, what }: Access) =>
    (kind !== 'key' && kind !== 'variable') || Boolean(consent.env[what]);
  const wanted = project.access.filter((one) => one.needsTrust && isSet(one));
  const commands = consent.allowCommands === true;
  if (consent.trust === true || wanted.length === 0) return consent.trust === true || commands;
  const open = wanted.filter(({ kind }) => kind !== 'command' || !commands);
  if (open.length === 0) return true;
  if (await isTrusted(project, consent.env)) return true;
  throw untrusted(project, open, cwd);
}

function untrusted({ file }: ProjectAccess, open: readonly Access[], cwd: string): ConfigError {
  const name = relative(cwd, file) || file;
  const lines = open.map((access) => `\n  ${accessText(access)}`);
  return new ConfigError(
    `${name} is not trusted, so nothing was sent, run or written. It would:${lines.join('')}`,
    [],
    { hint: `read the files, then run "quorate trust ${name}" once, or add --trust to this command` },
  );
}

/** One access as a line for a person. */
export function accessText({ kind, what, to, address, by }: Access): string {
  const text = oneLine(what);
  const place = address === undefined || address === 'public' ? '' : ` (${address})`;
  switch (kind) {
    case 'key':
      return `send the key in ${text} to ${to}${place}: ${by}`;
    case 'variable':
      return `send the value of ${text} to ${to}${place}: ${by}`;
    case 'host':
      return `send data to ${text}${place}: ${by}`;
    case 'command':
      return `run ${text}: ${by}`;
    case 'write':
      return `write outside the project ${text}: ${by}`;
    case 'read':
      return `read outside the project ${text}: ${by}`;
  }
}
