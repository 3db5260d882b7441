const marker = Symbol.for('quorate.error');

/** Options shared by all Quorate errors. */
export interface ErrorOptionsWithHint {
  readonly cause?: unknown;
  /** What the user can do about it. */
  readonly hint?: string;
}

/**
 * Base class of all errors that Quorate throws deliberately. Expected outcomes are return values, never errors.
 * @example
 * try {
 *   await loadJob('job.yaml');
 * } catch (error) {
 *   if (QuorateError.isInstance(error)) console.error(error.code, error.message, error.hint);
 *   else throw error;
 * }
 */
export class QuorateError extends Error {
  readonly [marker] = true;
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: ErrorOptionsWithHint = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
  }

  /**
   * True for errors of this class, across copies of the package too, where `instanceof` is not.
   * @example if (ConfigError.isInstance(error)) for (const { message } of error.mistakes) console.error(message);
   */
  static isInstance(value: unknown): value is QuorateError {
    return hasCode(value, null);
  }
}

/** Is it an error of this package with that code, or one below it (`provider/auth`)? Null: any code. */
export function hasCode(value: unknown, wanted: string | null): boolean {
  if (typeof value !== 'object' || value === null || !(marker in value)) return false;
  const { code } = value as QuorateError;
  return wanted === null || code === wanted || code.startsWith(`${wanted}/`);
}

/**
 * One mistake in a file that a person wrote. Line and column are 1-based.
 * @example
 * const text = ({ file, line, column, message }: Mistake) => `${file}:${line}:${column} ${message}`;
 */
export interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Path in the document, for example `panel[0].provider`. */
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
}

/**
 * The command line or a configuration file is invalid (exit code 2). Not retryable. Carries all mistakes at once.
 * @example
 * try {
 *   await loadJob('job.yaml');
 * } catch (error) {
 *   if (!ConfigError.isInstance(error)) throw error;
 *   for (const { file, line, message } of error.mistakes) console.error(`${file}:${line}: ${message}`);
 * }
 */
export class ConfigError extends QuorateError {
  readonly mistakes: readonly Mistake[];

  constructor(message: string, mistakes: readonly Mistake[] = [], options: ErrorOptionsWithHint = {}) {
    super('config', message, options);
    this.mistakes = mistakes;
  }

  static override isInstance(value: unknown): value is ConfigError {
    return hasCode(value, 'config');
  }
}

/**
 * A data file is invalid (exit code 2).
 * @example
 * try {
 *   for await (const item of readItems('items.jsonl')) console.log(item.id);
 * } catch (error) {
 *   if (InputError.isInstance(error)) console.error(error.file, error.line);
 * }
 */
export class InputError extends QuorateError {
  readonly file: string;
  /** 1-based; null when the problem has no line. */
  readonly line: number | null;

  constructor(file: string, line: number | null, message: string, options: ErrorOptionsWithHint = {}) {
    super('input', `${file}${line === null ? '' : `:${line}`}: ${message}`, options);
    this.file = file;
    this.line = line;
  }

  static override isInstance(value: unknown): value is InputError {
    return hasCode(value, 'input');
  }
}

/**
 * The store cannot be read or written (exit code 2): disk full, read-only, locked, or of a newer version.
 * @example
 * try {
 *   await runJob(await loadJob('job.yaml'));
 * } catch (error) {
 *   if (StoreError.isInstance(error)) console.error(error.message, error.hint);
 * }
 */
export class StoreError extends QuorateError {
  constructor(message: string, options: ErrorOptionsWithHint = {}) {
    super('store', message, options);
  }

  static override isInstance(value: unknown): value is StoreError {
    return hasCode(value, 'store');
  }
}

/**
 * The limit that the call could have exceeded.
 * @example
 * const scope: BudgetScope = 'run';
 */
export type BudgetScope = 'run' | 'rater' | 'item';

/**
 * A call was not made because it could have exceeded a budget (exit code 6). The run can be resumed.
 * @example
 * try {
 *   await judgePairs({ judge: { provider: 'openai', model: 'gpt-5-mini' }, pairs: [], budget: { max_usd: 1 } });
 * } catch (error) {
 *   if (BudgetError.isInstance(error)) console.error(error.scope, error.limitUsd);
 * }
 */
export class BudgetError extends QuorateError {
  readonly scope: BudgetScope;
  /** The limit in US dollars. */
  readonly limitUsd: number;

  constructor(scope: BudgetScope, limitUsd: number, message: string, options: ErrorOptionsWithHint = {}) {
    super('budget', message, options);
    this.scope = scope;
    this.limitUsd = limitUsd;
  }

  static override isInstance(value: unknown): value is BudgetError {
    return hasCode(value, 'budget');
  }
}
