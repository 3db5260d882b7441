import type { ActionKind } from './action-rule.ts';
import type { FailureCategory } from './failure-category.ts';

export const workItemStatuses = ['open', 'in_progress', 'done', 'dismissed'] as const;

/** Something to mend, with its evidence: a line of an action file. `status` is for people to change. */
export interface WorkItem {
  /** The same in every run while the item shares evidence with what it was made of. */
  readonly id: string;
  readonly action: ActionKind;
  readonly title: string;
  readonly category: FailureCategory;
  readonly request: boolean;
  readonly priority: number;
  readonly severity: number;
  readonly status: (typeof workItemStatuses)[number];
  /** How often it came back after it was done. */
  readonly reopened: number;
  readonly counts: {
    readonly events: number;
    readonly weight: number;
    readonly models: Readonly<Record<string, number>>;
  };
  readonly first_seen: string;
  readonly last_seen: string;
  readonly evidence: {
    /** Event ids, the earliest first, at most a thousand. */
    readonly events: readonly string[];
    /** Nothing personal left in them. */
    readonly examples: readonly string[];
  };
}
