import type { Alert } from '../domain/alert.ts';

/** One way to tell somebody. */
export interface Notifier {
  /** Name of the channel, under which the outbox remembers what is still to be told. */
  readonly channel: string;
  /** Resolves when the receiver has it; throws otherwise, and is tried again later with the same alert id. */
  notify(alert: Alert, options: { readonly signal: AbortSignal }): Promise<void>;
}
