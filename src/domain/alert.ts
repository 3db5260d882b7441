import type { EventReading } from './failure-category.ts';

/** A safety complaint that is reported immediately. Its texts are redacted, because they leave the machine. */
export interface Alert {
  /** Derived from the event's id, so that each event is reported once. */
  readonly id: string;
  readonly kind: 'safety';
  readonly event: string;
  readonly response_id: string;
  readonly model_version: string;
  readonly source: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly from: EventReading['from'];
  readonly confidence: number;
  readonly query: string;
  readonly response: string;
  readonly comment: string | null;
}

/** Where alerts are sent: section `alerts` of feedback.yaml. */
export interface AlertSettings {
  readonly webhook?: {
    readonly url: string;
    /** Name of the environment variable with the signing secret. */
    readonly secretVariable: string;
    readonly timeoutMs: number;
  };
  /** JSONL file that every alert is appended to. */
  readonly log: string;
}
