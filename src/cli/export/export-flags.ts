/** The options of `quorate export`, as they come from the command line. */
export interface ExportFlags {
  readonly preferences?: string;
  readonly items?: string;
  readonly feedback?: readonly string[];
  readonly gaps?: readonly string[];
  readonly mix?: readonly string[];
  readonly shares?: string;
  readonly balanceLength?: boolean;
  readonly diff?: string;
  readonly out: string;
  readonly kind: string;
  readonly format: string;
  readonly container: string;
  readonly splits: string;
  readonly seed: string;
  readonly minProbability: string;
  readonly pii: string;
  readonly allow?: readonly string[];
  readonly benchmark?: readonly string[];
  readonly previous?: string;
  readonly reconciliation?: string;
  readonly title: string;
  readonly license: string;
  readonly feedbackStore: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}
