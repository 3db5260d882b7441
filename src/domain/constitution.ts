/** One principle: three separate texts, one for each use. */
export interface Principle {
  readonly id: string;
  /** Asks for what is wrong with a response. */
  readonly critique: string;
  /** Asks for a better response, given the critique. */
  readonly revision: string;
  /** Asks which of two responses follows the principle better. */
  readonly preference: string;
  readonly weight: number;
  /** Applies to items of these categories only; absent means all. */
  readonly categories?: readonly string[];
  /** A response that breaks the principle is out, whatever else speaks for it. */
  readonly veto: boolean;
  readonly source?: string;
}

/** What a model criticises itself by: the content of a constitution file. */
export interface Constitution {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly principles: readonly Principle[];
}
