/** The order of day, month and year in dates such as 05/06/2026. */
export const dateOrders = ['ymd', 'mdy', 'dmy'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** How times are read that leave something open. */
export interface TimeReading {
  /** IANA name of the zone of times without an offset, for example "Europe/Berlin"; null: such times are refused. */
  readonly zone: string | null;
  readonly dates: DateOrder;
}

/** Where the value of a field comes from. */
export interface FieldSource {
  /**
   * Path of the value in a row: a column, or keys and indexes below it (`data.prompt`, `turns[0].content`). `[]` stands
   * for each element of a list and `{}` for each entry of an object (`{}.key`, `{}.value`): one row gives one record
   * for each.
   */
  readonly column?: string;
  /** The value of every record. */
  readonly constant?: unknown;
  /** Text with paths in braces, for example "{question_id}:{turn}". */
  readonly template?: string;
  /** What a value becomes. A value that is not listed is a mistake, unless `otherwise` is given. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly otherwise?: unknown;
  /** The value where the row has none. */
  readonly default?: unknown;
}

/** A condition on a value: one of these, or none of them. Null stands for an empty or missing value. */
export interface RowCondition {
  readonly column: string;
  readonly is: readonly (string | null)[];
  readonly isNegated: boolean;
}

/** Another file whose rows are joined by a key. */
export interface RowJoin {
  readonly file: string;
  /** Path of the key in the row, and in the row of the other file. */
  readonly on: readonly [here: string, there: string];
  /** The name under which the other row is found: `trace` for `trace.input`. */
  readonly as: string;
  /** Rows without a partner stay, with nothing joined. */
  readonly isOptional: boolean;
}

/** How a row of a foreign file becomes records of named fields. */
export interface RowMap {
  readonly fields: Readonly<Record<string, FieldSource>>;
  /** Rows that count; all conditions hold. */
  readonly where: readonly RowCondition[];
  /** Columns of which each becomes a record of its own, with `column` (its name) and `value`; globs are allowed. */
  readonly unpivot: readonly string[];
  readonly join: RowJoin | null;
  readonly times: TimeReading;
}
