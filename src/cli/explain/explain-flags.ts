/** What was typed behind `quorate explain`. */
export interface ExplainFlags {
  readonly job: string;
  readonly rater?: string;
  readonly full?: boolean;
  readonly json?: boolean;
  /** A folder that `quorate export` wrote; the id is then that of a row. */
  readonly dataset?: string;
}
