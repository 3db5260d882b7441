import { resolve } from 'node:path';
import { serve } from '../../app/server/serve.ts';
import { loadFeedbackSettings } from '../../config/feedback/load-feedback-settings.ts';
import { ConfigError } from '../../domain/errors.ts';
import { contextOf } from '../app-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { CommandIo } from '../io.ts';
import { readRate } from '../number-option.ts';

export interface ServeFlags {
  readonly port: string;
  readonly host: string;
  readonly publicUrl?: readonly string[];
  readonly store: string;
  readonly authorRate: string;
  readonly settings?: string;
}

/** Serves until it is interrupted. SIGTERM is an orderly end, Ctrl-C exits with 130. */
export async function runServe(io: CommandIo, flags: ServeFlags): Promise<ExitCode> {
  const options = {
    port: portOf(flags.port),
    host: flags.host,
    publicUrls: (flags.publicUrl ?? []).map(publicUrlOf),
    store: resolve(io.cwd, flags.store),
    authorEventsPerMinute: readRate(flags.authorRate),
    settings: await loadFeedbackSettings(flags.settings, io.cwd),
    folder: io.cwd,
    writeLog: (text: string) => io.err(text),
  };
  await serve(options, contextOf(io));
  return /SIGTERM/.test(String(io.signal.reason)) ? exitCodes.ok : exitCodes.interrupted;
}

function publicUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.hostname.includes('*'))
    return url.origin;
  throw new ConfigError(`--public-url "${text}" is not the URL of a proxy`, [], {
    hint: 'scheme, host and port and nothing more, for example https://feedback.example',
  });
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new ConfigError(`"${text}" is not a port`, [], { hint: 'a number from 0 to 65535' });
}
