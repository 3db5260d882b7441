/** A program and its arguments, run without a shell; or a line for /bin/sh. */
export type CommandLine = { readonly run: readonly string[] } | { readonly shell: string };

/** A command of the user's with what it may see. */
export interface CommandSpec {
  readonly command: CommandLine;
  /** Names of environment variables that it gets beyond the basic ones. */
  readonly env: readonly string[];
}

export interface TrainSpec extends CommandSpec {
  /** Folder that `quorate export` wrote. */
  readonly dataset: string;
  /** Variables with fixed values. */
  readonly set: Readonly<Record<string, string>>;
  readonly baseModel: string | null;
  /** What is registered: a path, with placeholders. */
  readonly artefact: string;
  /** JSON file with numbers that the command writes, with placeholders; null: none. */
  readonly metrics: string | null;
  /** After a crash: begin anew in an empty folder, or go on in the same one. */
  readonly onCrash: 'restart' | 'resume';
  /** Added to the command when it goes on. */
  readonly resumeArguments: readonly string[];
  readonly maxAttempts: number;
  readonly timeoutMs: number | null;
}

export const triggerIds = [
  'safety_flags',
  'negative_rate',
  'knowledge_gaps',
  'new_pairs',
  'judge_drift',
  'time_to_improvement',
] as const;
export type TriggerId = (typeof triggerIds)[number];

/** What a firing does: nothing but the record, a training, or a command of the user's. */
export type TriggerAction = 'report' | 'train' | CommandSpec;

/** What every rule has. Days are 24 hours. */
export interface TriggerRule {
  readonly enabled: boolean;
  readonly action: TriggerAction;
  /** It does not fire again for one cause before so many days, whatever is measured. */
  readonly cooldownDays: number;
  readonly windowDays: number;
  readonly over: number;
  /** It is armed again once the measured value is at or below this. */
  readonly rearmAt: number;
  /** Below so many observations nothing is decided. */
  readonly minimum: number;
  /** One-sided, of the bound that must pass the threshold. */
  readonly confidence: number;
}

export type TriggerRules = Readonly<Record<TriggerId, TriggerRule>>;

export const cadenceTasks = ['safety', 'daily', 'weekly', 'monthly', 'quarterly'] as const;
export type CadenceTask = (typeof cadenceTasks)[number];

export interface CadenceSpec {
  /** Cron pattern; null: switched off. */
  readonly at: string | null;
  /** Runs after the task's own work. */
  readonly work: CommandSpec | null;
}

export interface ExperimentArm {
  readonly id: string;
  readonly share: number;
}

/** An A/B test; the first arm is the one that the others are compared with. */
export interface Experiment {
  readonly id: string;
  /** Another salt, another draw of users. */
  readonly salt: string;
  readonly arms: readonly ExperimentArm[];
  /** RFC 3339; null: since ever. */
  readonly since: string | null;
  /** An arm passes when it is better than the first one by more than this; negative: when it is not worse by so much. */
  readonly margin: number;
  readonly alpha: number;
  /** A user counts once this long has passed since the first signal. */
  readonly settleHours: number;
}

/** A loop file with its paths resolved and its defaults filled in. */
export interface LoopSpec {
  readonly name: string;
  readonly file: string;
  readonly folder: string;
  /** Its name in the registry. */
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
