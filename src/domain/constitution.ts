/**
 * One principle of a constitution, with one text for each use.
 * @example
 * const principle: Principle = {
 *   id: 'honest',
 *   critique: 'How does the response mislead?',
 *   revision: 'Write it so that it does not mislead.',
 *   preference: 'Which response misleads less?',
 *   weight: 1,
 *   veto: false,
 * };
 */
export interface Principle {
  readonly id: string;
  /** Prompt that asks how a response violates the principle. */
  readonly critique: string;
  /** Prompt that asks for a better response, given the critique. */
  readonly revision: string;
  /** Question which of two responses follows the principle better. */
  readonly preference: string;
  /** Relative probability of being drawn, > 0. */
  readonly weight: number;
  /** Applies to items of these categories only; absent means all. */
  readonly categories?: readonly string[];
  /** A response that violates the principle is excluded regardless of other votes. */
  readonly veto: boolean;
  /** Origin of the principle, for example a policy document. */
  readonly source?: string;
}

/**
 * The principles for constitutional self-critique and preference labels: the content of a constitution file.
 * @example
 * const constitution: Constitution = await loadConstitution('constitutions/harmless.yaml');
 */
export interface Constitution {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly principles: readonly Principle[];
}
