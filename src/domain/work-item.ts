import type { ActionKind } from './action-rule.ts';
import type { FailureCategory } from './failure-category.ts';

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
