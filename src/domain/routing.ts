import type { EventReading, FailureCategory } from './failure-category.ts';

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

/** Where an issue is routed to be fixed. */
export const actionKinds = ['fine_tuning', 'guardrail', 'rag_index', 'prompt', 'backlog'] as const;
/** One destination of an issue. */
export type ActionKind = (typeof actionKinds)[number];

/** Routes an issue to a destination. The first rule whose conditions all hold applies; an absent condition holds. */
export interface ActionRule {
  readonly action: ActionKind;
  readonly categories?: readonly FailureCategory[];
  /** Feature requests only (true) or failures only (false). */
  readonly request?: boolean;
  /** Minimum number of events of the issue. */
  readonly minEvents?: number;
  /** Minimum mean confidence in the category, in [0, 1]. */
  readonly minConfidence?: number;
}

/**
 * Default routing: safety issues go to the guardrails, feature requests to the product backlog, knowledge gaps to
 * the retrieval index, frequent inaccuracy to the training data, format, style and relevance to the prompt, and
 * everything else to the backlog.
 */
export const defaultActionRules: readonly ActionRule[] = [
  { action: 'guardrail', categories: ['safety'] },
  { action: 'backlog', request: true },
  { action: 'rag_index', categories: ['coverage'] },
  { action: 'fine_tuning', categories: ['accuracy'], minEvents: 5 },
  { action: 'prompt', categories: ['format', 'style', 'relevance'] },
  { action: 'backlog' },
];

/** The statuses of a work item. */
export const workItemStatuses = ['open', 'in_progress', 'done', 'dismissed'] as const;

/** An issue to fix, with its evidence: a line of an action file. `status` is edited by humans. */
export interface WorkItem {
  /** Stable between runs as long as the item shares evidence with its earlier version. */
  readonly id: string;
  readonly action: ActionKind;
  readonly title: string;
  readonly category: FailureCategory;
  readonly request: boolean;
  readonly priority: number;
  readonly severity: number;
  readonly status: (typeof workItemStatuses)[number];
  /** How often the issue recurred after it was done. */
  readonly reopened: number;
  readonly counts: {
    readonly events: number;
    readonly weight: number;
    readonly models: Readonly<Record<string, number>>;
  };
  readonly first_seen: string;
  readonly last_seen: string;
  readonly evidence: {
    /** Event ids, earliest first, at most 1000. */
    readonly events: readonly string[];
    /** Redacted of personal data. */
    readonly examples: readonly string[];
  };
}
