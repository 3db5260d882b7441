const marker = Symbol.for('quorate.error');

export interface ErrorOptionsWithHint {
  readonly cause?: unknown;
  /** What the reader can do about it. */
  readonly hint?: string;
}

/** Base of everything Quorate throws on purpose. Expected outcomes are values and never come this way. */
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

  /** True across copies of the package, where `instanceof` is not. */
  static isInstance(value: unknown): value is QuorateError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}

/** One mistake in a file that a person wrote. Line and column are 1-based. */
export interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where in the document, for example `panel[0].provider`. */
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
}

/** The command line or a configuration file is wrong (exit code 2). Never retried. Carries all mistakes at once. */
export class ConfigError extends QuorateError {
  readonly mistakes: readonly Mistake[];

  constructor(message: string, mistakes: readonly Mistake[] = [], options: ErrorOptionsWithHint = {}) {
    super('config', message, options);
    this.mistakes = mistakes;
  }
}

/** A data file cannot be used as it is (exit code 2). */
export class InputError extends QuorateError {
  readonly file: string;
  /** 1-based; null where no line is to blame. */
  readonly line: number | null;

  constructor(file: string, line: number | null, message: string, options: ErrorOptionsWithHint = {}) {
    super('input', `${file}${line === null ? '' : `:${line}`}: ${message}`, options);
    this.file = file;
    this.line = line;
  }
}

/** The durable state cannot be read or written (exit code 2): disk full, read-only, locked, newer version. */
export class StoreError extends QuorateError {
  constructor(message: string, options: ErrorOptionsWithHint = {}) {
    super('store', message, options);
  }
}
