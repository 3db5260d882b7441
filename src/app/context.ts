import type { Clock } from '../ports/clock.ts';
import type { Progress, RunProgress } from '../ports/progress.ts';
import { systemClock } from './system-clock.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What happens while an app function works, for whoever shows it.
 * @example
 * const onEvent = (event: AppEvent) => event.type === 'notice' && console.error(event.text);
 */
export type AppEvent =
  /** Calls begin; read `live` whenever there is something to draw. */
  | { readonly type: 'run_started'; readonly live: RunProgress }
  | { readonly type: 'run_ended' }
  /** Something a person should know, as one sentence. */
  | { readonly type: 'notice'; readonly text: string };

/**
 * What an app function needs from its surroundings. The CLI, the server and library callers each make one.
 * @example
 * const context: Partial<AppContext> = { signal: AbortSignal.timeout(600_000), onEvent: (event) => console.error(event.type) };
 */
export interface AppContext {
  /** Where keys and `${VAR}` come from. */
  readonly env: Environment;
  /** Abort it to stop cleanly: what is in flight is recorded first. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  onEvent(event: AppEvent): void;
}

/** A context of this process for callers that give nothing, or only a part. */
export function appContext(given: Partial<AppContext> = {}): AppContext {
  return {
    env: given.env ?? process.env,
    signal: given.signal ?? new AbortController().signal,
    clock: given.clock ?? systemClock,
    onEvent: given.onEvent ?? (() => {}),
  };
}

/** The engine's progress as events. */
export function progressEvents({ onEvent }: Pick<AppContext, 'onEvent'>): Progress {
  return {
    begin: (live) => onEvent({ type: 'run_started', live }),
    end: () => onEvent({ type: 'run_ended' }),
  };
}
