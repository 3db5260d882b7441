/** What was typed behind `quorate explain`. */
export interface ExplainFlags {
  readonly job: string;
  readonly rater?: string;
  readonly full?: boolean;
  readonly json?: boolean;
}
