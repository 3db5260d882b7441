/** A program with its arguments, run without a shell; or a command line for /bin/sh. */
export type CommandLine = { readonly run: readonly string[] } | { readonly shell: string };

/** A user-defined command with the environment variables that it may read. */
export interface CommandSpec {
  readonly command: CommandLine;
  /** Names of environment variables passed in addition to the basic ones. */
  readonly env: readonly string[];
}

/** The training command of a loop: section `train`. */
export interface TrainSpec extends CommandSpec {
  /** Folder written by `quorate export`. */
  readonly dataset: string;
  /** Environment variables with fixed values. */
  readonly set: Readonly<Record<string, string>>;
  readonly baseModel: string | null;
  /** The artefact to register: a path with placeholders. */
  readonly artefact: string;
  /** Path of a JSON file of numbers that the command writes, with placeholders; null: none. */
  readonly metrics: string | null;
  /** After a crash: restart in an empty folder, or resume in the same one. */
  readonly onCrash: 'restart' | 'resume';
  /** Arguments appended to the command when it resumes. */
  readonly resumeArguments: readonly string[];
  readonly maxAttempts: number;
  readonly timeoutMs: number | null;
}

/** The scheduled tasks of a loop. */
export const cadenceTasks = ['safety', 'daily', 'weekly', 'monthly', 'quarterly'] as const;
/** The name of a scheduled task. */
export type CadenceTask = (typeof cadenceTasks)[number];

interface TriggerDefinition {
  /** Description of the trigger's section in the JSON Schema of loop files. */
  readonly description: string;
  /** `share`: the threshold is in [0, 1]; `count`: it is >= 0. */
  readonly threshold: 'count' | 'share';
  /** Defaults of the section, by key. */
  readonly defaults: {
    readonly over: number;
    readonly rearm_at: number;
    readonly window_days: number;
    readonly cooldown_days: number;
    readonly minimum: number;
    readonly action: 'report' | 'train';
  };
  /** The scheduled tasks that assess the trigger, each with its position among the triggers of that task. */
  readonly tasks: Readonly<Partial<Record<CadenceTask, number>>>;
}

/**
 * The retraining triggers of a loop. A new one needs an entry here, and its measurement in `src/loop/triggers`: loop
 * files, their JSON Schema, the schedule and the command line follow.
 */
const triggerTable = {
  safety_flags: {
    description: 'Safety flags without an alert',
    threshold: 'count',
    defaults: { over: 0, rearm_at: 0, window_days: 2, cooldown_days: 0, minimum: 1, action: 'report' },
    tasks: { safety: 1, daily: 1 },
  },
  negative_rate: {
    description:
      'Share of negative ratings (thumbs down, one or two stars); fires when its lower bound exceeds the threshold',
    threshold: 'share',
    defaults: { over: 0.2, rearm_at: 0.15, window_days: 7, cooldown_days: 7, minimum: 50, action: 'train' },
    tasks: { daily: 2, monthly: 2 },
  },
  knowledge_gaps: {
    description: 'Feedback that reports missing knowledge',
    threshold: 'count',
    defaults: { over: 10, rearm_at: 10, window_days: 7, cooldown_days: 7, minimum: 1, action: 'report' },
    tasks: { weekly: 1 },
  },
  new_pairs: {
    description: 'Accepted preference pairs since the last training',
    threshold: 'count',
    defaults: { over: 4999, rearm_at: 4999, window_days: 365, cooldown_days: 0, minimum: 1, action: 'train' },
    tasks: { monthly: 1 },
  },
  judge_drift: {
    description:
      "Drop of the judges' agreement with humans against all earlier votes; fires when its lower bound exceeds the threshold",
    threshold: 'share',
    defaults: {
      over: 0.05,
      rearm_at: 0.02,
      window_days: 30,
      cooldown_days: 30,
      minimum: 50,
      action: 'report',
    },
    tasks: { daily: 3 },
  },
  time_to_improvement: {
    description: 'Median days from negative feedback to the next version in production, including open cases',
    threshold: 'count',
    defaults: { over: 14, rearm_at: 14, window_days: 90, cooldown_days: 14, minimum: 20, action: 'report' },
    tasks: { daily: 4 },
  },
} as const satisfies Readonly<Record<string, TriggerDefinition>>;
/** The id of a trigger. */
export type TriggerId = keyof typeof triggerTable;
/** The ids of all triggers, in the order of the table. */
export const triggerIds = Object.keys(triggerTable) as TriggerId[];
/** The definition of a trigger. */
export function triggerDefinition(id: TriggerId): TriggerDefinition {
  return triggerTable[id];
}

/** A value for each trigger. */
export function byTrigger<T>(value: (id: TriggerId) => T): Readonly<Record<TriggerId, T>> {
  return Object.fromEntries(triggerIds.map((id) => [id, value(id)])) as Record<TriggerId, T>;
}

/** What a firing starts: only a report, a training, or a user-defined command. */
export type TriggerAction = 'report' | 'train' | CommandSpec;

/** The settings of one trigger. A day is 24 hours. */
export interface TriggerRule {
  readonly enabled: boolean;
  readonly action: TriggerAction;
  /** Minimum number of days between two firings for the same cause. */
  readonly cooldownDays: number;
  /** Length of the measured window, in days. */
  readonly windowDays: number;
  /** The trigger fires above this threshold. */
  readonly over: number;
  /** The trigger is armed again once the measured value is at or below this (hysteresis). */
  readonly rearmAt: number;
  /** Minimum number of observations for a decision. */
  readonly minimum: number;
  /** One-sided confidence level of the bound that must exceed the threshold. */
  readonly confidence: number;
}

/** The settings of all triggers. */
export type TriggerRules = Readonly<Record<TriggerId, TriggerRule>>;

/** The schedule of one task. */
export interface CadenceSpec {
  /** Cron pattern; null: disabled. */
  readonly at: string | null;
  /** Command that runs after the task's built-in work. */
  readonly work: CommandSpec | null;
}

/** One arm of an A/B test. */
export interface ExperimentArm {
  readonly id: string;
  /** Share of the users, in (0, 1). */
  readonly share: number;
}

/**
 * An A/B test. The first arm is the control.
 * @example
 * const experiment: Experiment = {
 *   id: 'tone',
 *   salt: 'tone-2026-03',
 *   arms: [{ id: 'control', share: 0.5 }, { id: 'new', share: 0.5 }],
 *   since: null,
 *   margin: 0,
 *   alpha: 0.05,
 *   settleHours: 24,
 * };
 */
export interface Experiment {
  readonly id: string;
  /** Salt of the assignment hash; another salt assigns users anew. */
  readonly salt: string;
  readonly arms: readonly ExperimentArm[];
  /** Only signals from this time on count: RFC 3339; null: all. */
  readonly since: string | null;
  /** An arm passes when it beats the control by more than this margin; a negative margin tests non-inferiority. */
  readonly margin: number;
  readonly alpha: number;
  /** Hours after a user's first signal before the user counts. */
  readonly settleHours: number;
}

/**
 * The content of a loop file, with absolute paths and defaults filled in.
 * @example
 * const { cadence, triggers }: LoopSpec = await loadLoop('loop.yaml');
 */
export interface LoopSpec {
  readonly name: string;
  readonly file: string;
  readonly folder: string;
  /** Name of the model in the registry. */
  readonly model: string;
  readonly registry: string;
  readonly feedback: string;
  readonly state: string;
  /** Folder for reports and trainings. */
  readonly out: string;
  readonly preferences: readonly string[];
  readonly votes: readonly string[];
  readonly train: TrainSpec | null;
  readonly triggers: TriggerRules;
  readonly timezone: string;
  readonly cadence: Readonly<Record<CadenceTask, CadenceSpec>>;
  readonly experiments: readonly Experiment[];
}
