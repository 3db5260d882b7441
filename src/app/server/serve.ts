import type { FeedbackSettings } from '../../config/feedback/feedback-schema.ts';
import { ConfigError } from '../../domain/errors.ts';
import { readAuthorKeys } from '../../feedback/intake/author-keys.ts';
import type { AlertDispatcher } from '../../ports/alerts.ts';
import type { FeedbackStore } from '../../ports/feedback-store.ts';
import type { TokenStore } from '../../ports/token-store.ts';
import { createFeedbackApp } from '../../server/feedback-app.ts';
import { listen } from '../../server/listen.ts';
import { ownAddress } from '../../server/own-address.ts';
import { integrityOf, readWidget } from '../../server/routes/widget.ts';
import { createServerLog, type ServerLog } from '../../server/server-log.ts';
import type { AppContext } from '../context.ts';
import { openAlertDispatcherOf } from '../open-alert-dispatcher.ts';
import { openFeedbackStore, openTokens } from '../stores/feedback-stores.ts';

export interface ServeOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** The feedback store; tokens are kept beside it. */
  readonly store: string;
  /** Rate limit of one author; null: none. */
  readonly authorEventsPerMinute: number | null;
  readonly settings: Pick<FeedbackSettings, 'intake' | 'alerts'>;
  /** Folder that paths of the alert settings are relative to. */
  readonly folder: string;
  /** Receives the log, one JSON line at a time. */
  readonly writeLog: (text: string) => void;
  /** URLs under which a proxy makes the server public. */
  readonly publicUrls?: readonly string[];
}

const graceMs = 10_000;
const heartbeatMs = 60_000;

/**
 * Runs the HTTP server until the context's signal aborts, then finishes the requests in flight.
 * @throws ConfigError without author keys, or for a public address without a token; StoreError
 */
export async function serve(options: ServeOptions, context: AppContext): Promise<void> {
  const { host, port, folder, settings, authorEventsPerMinute } = options;
  const { clock, env } = context;
  const log = createServerLog(options.writeLog, clock);
  const keys = readAuthorKeys(env);
  const dispatcher = await openAlertDispatcherOf(settings.alerts, options.store, { cwd: folder, env });
  const alertFailed = (error: unknown) => log.say('alert-failed', { reason: String(error) });
  const tokens = await openTokens(options.store);
  const store = await openFeedbackStore(options.store);
  try {
    await checkTokens(tokens, options, log);
    let listeningPort = port;
    const publicUrls = options.publicUrls ?? [];
    const address = ownAddress({ host, port: () => listeningPort, publicUrls });
    const widget = readWidget();
    const app = createFeedbackApp({
      store: watchStore(store, dispatcher, alertFailed),
      tokens,
      keys,
      rules: settings.intake,
      authorEventsPerMinute,
      clock,
      log,
      address,
      widget,
    });
    const server = await listen({ fetch: app.fetch, host, port });
    listeningPort = Number(new URL(server.url).port || 80);
    log.say('listening', {
      url: server.url,
      ...(widget !== null && { widget_integrity: integrityOf(widget) }),
    });
    await beatUntilAborted(context, () => {
      log.heartbeat();
      // alerts that failed before are retried when they are due
      dispatcher.deliver().catch(alertFailed);
    });
    log.say('stopping');
    await server.close(graceMs);
    log.heartbeat();
    log.say('stopped');
  } finally {
    await dispatcher.close();
    await store.close();
    await tokens.close();
  }
}

async function beatUntilAborted({ clock, signal }: AppContext, beat: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(heartbeatMs, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (!signal.aborted) beat();
  }
}

const tlsHint =
  'there is no TLS here: put a proxy with a certificate in front (Caddy: reverse_proxy 127.0.0.1:8700) and name it with --public-url https://…';

async function checkTokens(
  tokens: TokenStore,
  { host, publicUrls = [] }: Pick<ServeOptions, 'host' | 'publicUrls'>,
  log: ServerLog,
): Promise<void> {
  const inForce = (await tokens.list()).some(({ revokedAt }) => revokedAt === undefined);
  const secured = publicUrls.some((url) => url.startsWith('https:'));
  if (inForce && !isLoopback(host) && !secured) log.say('no-tls', { hint: tlsHint });
  if (inForce) return;
  if (!isLoopback(host)) {
    throw new ConfigError(`listening on the public address ${host} requires at least one token`, [], {
      hint: `quorate tokens create --scope ingest; ${tlsHint}`,
    });
  }
  log.say('no-token', { hint: 'no token exists yet: quorate tokens create --scope ingest' });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Wraps a store so that every new event is passed to the alert dispatcher. Delivery is not awaited. If this process ends
 * before an alert is recorded, the next pass over the store finds the event.
 * @param onFailure called if a delivery could not be recorded
 */
function watchStore(
  store: FeedbackStore,
  dispatcher: AlertDispatcher,
  onFailure: (error: unknown) => void,
): FeedbackStore {
  const append: FeedbackStore['append'] = async (events) => {
    const arrivals = await store.append(events);
    const raised = await dispatcher.raise(events.filter((_, index) => arrivals[index] === 'stored'));
    if (raised > 0) dispatcher.deliver().catch(onFailure);
    return arrivals;
  };
  return new Proxy(store, {
    get(target, name) {
      if (name === 'append') return append;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
