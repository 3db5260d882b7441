import type { LoopSpec, TriggerRule } from '../../src/domain/loop.ts';

export function rule(more: Partial<TriggerRule> = {}): TriggerRule {
  return {
    enabled: true,
    action: 'report',
    cooldownDays: 7,
    windowDays: 7,
    over: 0.2,
    rearmAt: 0.15,
    minimum: 50,
    confidence: 0.95,
    ...more,
  };
}

/** A loop with the rules as they are by default and no files. */
export function loopSpec(more: Partial<LoopSpec> = {}): LoopSpec {
  const task = { at: null, work: null };
  return {
    name: 'loop',
    file: '/loop.yaml',
    folder: '/',
    model: 'bot',
    registry: '/registry.db',
    feedback: '/feedback.db',
    state: '/loop.db',
    out: '/out',
    preferences: [],
    votes: [],
    train: null,
    triggers: {
      safety_flags: rule({ over: 0, rearmAt: 0, minimum: 1, windowDays: 2, cooldownDays: 0 }),
      negative_rate: rule(),
      knowledge_gaps: rule({ over: 10, rearmAt: 10, minimum: 1 }),
      new_pairs: rule({ over: 4999, rearmAt: 4999, minimum: 1, cooldownDays: 0 }),
      judge_drift: rule({ over: 0.05, rearmAt: 0.02, windowDays: 30, cooldownDays: 30 }),
      time_to_improvement: rule({ over: 14, rearmAt: 14, windowDays: 90, minimum: 20, cooldownDays: 14 }),
    },
    timezone: 'UTC',
    cadence: { safety: task, daily: task, weekly: task, monthly: task, quarterly: task },
    experiments: [],
    ...more,
  };
}
