import { resolve } from 'node:path';
import { openAlertDispatcherOf } from '../../app/open-alert-dispatcher.ts';
import { openFeedbackStore } from '../../app/open-feedback-store.ts';
import { openTokens } from '../../app/open-tokens.ts';
import { systemClock } from '../../app/system-clock.ts';
import { loadFeedbackSettings } from '../../config/feedback/load-feedback-settings.ts';
import { ConfigError } from '../../domain/errors.ts';
import { readAuthorKeys } from '../../feedback/intake/author-keys.ts';
import { watchStore } from '../../feedback/routing/watch-store.ts';
import { version } from '../../files/version.ts';
import type { TokenStore } from '../../ports/token-store.ts';
import { createApp } from '../../server/app.ts';
import { listen } from '../../server/listen.ts';
import { feedbackRoutes } from '../../server/routes/feedback.ts';
import { healthRoutes } from '../../server/routes/health.ts';
import { interactionRoutes } from '../../server/routes/interactions.ts';
import { openApiRoutes } from '../../server/routes/openapi.ts';
import { integrityOf, readWidget, widgetRoutes } from '../../server/routes/widget.ts';
import { createServerLog, type ServerLog } from '../../server/server-log.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { CommandIo } from '../io.ts';
import { readRate } from '../tokens/read-rate.ts';

export interface ServeFlags {
  readonly port: string;
  readonly host: string;
  readonly store: string;
  readonly authorRate: string;
  readonly settings?: string;
}

const maxBodyBytes = 8 * 1024 * 1024;
const graceMs = 10_000;
const heartbeatMs = 60_000;

/** Serves until it is interrupted, then finishes what is in flight. SIGTERM is an orderly end, Ctrl-C a 130. */
export async function runServer(io: CommandIo, flags: ServeFlags): Promise<ExitCode> {
  const port = portOf(flags.port);
  const log = createServerLog((text) => io.err(text), systemClock);
  const authorEventsPerMinute = readRate(flags.authorRate);
  const { intake: rules } = await loadFeedbackSettings(flags.settings, io.cwd);
  const keys = readAuthorKeys(io.env);
  const { alerts } = await loadFeedbackSettings(flags.settings, io.cwd);
  const dispatcher = await openAlertDispatcherOf(alerts, flags.store, io);
  const alertFailed = (error: unknown) => log.say('alert-failed', { reason: String(error) });
  const tokens = await openTokens(io.cwd, flags.store);
  const store = await openFeedbackStore(resolve(io.cwd, flags.store));
  try {
    await checkTokens(tokens, flags.host, log);
    const parts = {
      store: watchStore(store, dispatcher, alertFailed),
      keys,
      rules,
      clock: systemClock,
      authorEventsPerMinute,
    };
    const widget = readWidget();
    const modules = [healthRoutes, interactionRoutes(parts), feedbackRoutes(parts), widgetRoutes(widget)];
    const app = createApp({
      modules: [...modules, openApiRoutes(modules, version)],
      tokens,
      clock: systemClock,
      log,
      maxBodyBytes,
    });
    const server = await listen({ fetch: app.fetch, host: flags.host, port });
    log.say('listening', {
      url: server.url,
      ...(widget !== null && { widget_integrity: integrityOf(widget) }),
    });
    await beatUntilAborted(io.signal, () => {
      log.heartbeat();
      // alerts that failed before are tried again when their time has come
      dispatcher.deliver().catch(alertFailed);
    });
    log.say('stopping');
    await server.close(graceMs);
    log.heartbeat();
    log.say('stopped');
    return /SIGTERM/.test(String(io.signal.reason)) ? exitCodes.ok : exitCodes.interrupted;
  } finally {
    await dispatcher.close();
    await store.close();
    await tokens.close();
  }
}

async function checkTokens(tokens: TokenStore, host: string, log: ServerLog): Promise<void> {
  const inForce = (await tokens.list()).some(({ revokedAt }) => revokedAt === undefined);
  if (inForce) return;
  if (!isLoopback(host)) {
    throw new ConfigError(`to listen on ${host}, which others can reach, at least one token must exist`, [], {
      hint: 'quorate tokens create --scope ingest',
    });
  }
  log.say('no-token', { hint: 'nobody can send anything yet: quorate tokens create --scope ingest' });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

async function beatUntilAborted(signal: AbortSignal, beat: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await systemClock.sleep(heartbeatMs, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (!signal.aborted) beat();
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new ConfigError(`"${text}" is not a port`, [], { hint: 'a number from 0 to 65535' });
}
