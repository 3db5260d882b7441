import { checkArgument } from '../../domain/check-argument.ts';
import type { ActionKind, ActionRule, WorkItem } from '../../domain/routing.ts';
import type { Issue } from '../understanding/issue.ts';

/** Maximum ids kept as evidence; the count is complete. */
const keptEvents = 1_000;

/**
 * Turns issues into work items by the first matching rule. An issue that shares evidence with an item of the same action
 * updates it, even if its title changed; the largest overlap goes first, and each item takes one issue. A manually set status
 * stays, except that a done item with new events is reopened. Items without a current issue are unchanged. Most urgent first.
 * @example
 * import { openSqliteFeedbackStore } from 'quorate/stores';
 * const store = openSqliteFeedbackStore('feedback.db');
 * const { issues } = await understandFeedback(store.events(), { at: '2026-03-15T10:00:00Z' });
 * const work = routeIssues(issues, [{ action: 'guardrail', categories: ['safety'] }], []);
 */
export function routeIssues(
  issues: readonly Issue[],
  rules: readonly ActionRule[],
  previous: readonly WorkItem[],
): WorkItem[] {
  checkArgument('issues', issues, 'list');
  checkArgument('rules', rules, 'list');
  for (const [index, rule] of rules.entries()) checkArgument(`rules[${index}]`, rule, { action: 'name' });
  checkArgument('previous', previous, 'list');
  const routed = issues.flatMap((issue) => {
    const action = actionOf(issue, rules);
    return action === null ? [] : [{ issue, action }];
  });
  const known = match(routed, previous);
  const items = routed.map(({ issue, action }, place) => itemOf(issue, action, known.get(place)));
  const present = new Set(items.map(({ id }) => id));
  return [...items, ...previous.filter(({ id }) => !present.has(id))].sort(
    (a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1),
  );
}

interface Routed {
  readonly issue: Issue;
  readonly action: ActionKind;
}

function actionOf(issue: Issue, rules: readonly ActionRule[]): ActionKind | null {
  const fits = ({ categories, request, minEvents = 0, minConfidence = 0 }: ActionRule) =>
    (categories === undefined || categories.includes(issue.category)) &&
    (request === undefined || request === issue.request) &&
    issue.events.length >= minEvents &&
    issue.mean_confidence >= minConfidence;
  return rules.find(fits)?.action ?? null;
}

/** The earlier item of each place, by shared events. */
function match(routed: readonly Routed[], previous: readonly WorkItem[]): Map<number, WorkItem> {
  const owner = new Map<string, number[]>();
  previous.forEach(({ evidence }, item) => {
    for (const event of evidence.events) {
      const items = owner.get(event);
      if (items === undefined) owner.set(event, [item]);
      else items.push(item);
    }
  });
  const shared: { place: number; item: number; events: number }[] = [];
  routed.forEach(({ issue, action }, place) => {
    const counts = new Map<number, number>();
    for (const event of issue.events)
      for (const item of owner.get(event) ?? [])
        if (previous[item]!.action === action) counts.set(item, (counts.get(item) ?? 0) + 1);
    for (const [item, events] of counts) shared.push({ place, item, events });
  });
  shared.sort((a, b) => b.events - a.events || a.item - b.item || a.place - b.place);
  const found = new Map<number, WorkItem>();
  const taken = new Set<number>();
  for (const { place, item } of shared) {
    if (found.has(place) || taken.has(item)) continue;
    found.set(place, previous[item]!);
    taken.add(item);
  }
  return found;
}

function itemOf(issue: Issue, action: ActionKind, before: WorkItem | undefined): WorkItem {
  const returned = before?.status === 'done' && issue.last_seen > before.last_seen;
  return {
    id: before?.id ?? `${action}-${issue.id}`,
    action,
    title: issue.title,
    category: issue.category,
    request: issue.request,
    priority: issue.priority,
    severity: issue.severity,
    status: returned ? 'open' : (before?.status ?? 'open'),
    reopened: (before?.reopened ?? 0) + (returned ? 1 : 0),
    counts: { events: issue.events.length, weight: issue.weight, models: issue.models },
    first_seen: issue.first_seen,
    last_seen: issue.last_seen,
    evidence: { events: issue.events.slice(0, keptEvents), examples: issue.examples },
  };
}
