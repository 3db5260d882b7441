/** Kinds of effect; each has its own variance, so that detailed effects are shrunk unless the labels support them. */
export const effectGroups = [
  'rater',
  'rater_by_category',
  'label_free',
  'consensus',
  'consensus_by_category',
  'length',
  'length_by_category',
  'base_rate',
  'base_rate_by_category',
] as const;
export type EffectGroup = (typeof effectGroups)[number];

/** The evidence on each unit as a sparse matrix with named columns: the entries of row i are start[i] <= k < start[i + 1]. */
export interface Evidence {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float32Array;
  readonly columns: readonly EvidenceColumn[];
  /** Label-free log-odds, one per unit. */
  readonly prior: Float64Array;
  /** Source of each unit; a cluster is never split over folds. */
  readonly cluster: readonly string[];
}

export interface EvidenceColumn {
  readonly group: EffectGroup;
  readonly rater: number | null;
  readonly category: string | null;
}

/** A labelled unit. */
export interface Target {
  readonly unit: number;
  /** P(the positive side is correct) according to the labels. */
  readonly outcome: number;
}

/** Builds the sparse matrix, row by row. */
export class EvidenceRows {
  readonly columns: EvidenceColumn[] = [];
  readonly #start: number[] = [0];
  readonly #column: number[] = [];
  readonly #value: number[] = [];
  readonly #known = new Map<string, number>();

  add(group: EffectGroup, rater: number | null, category: string | null, value: number): void {
    if (value === 0) return;
    const key = `${group}\u0000${rater}\u0000${category}`;
    let column = this.#known.get(key);
    if (column === undefined) {
      column = this.columns.length;
      this.#known.set(key, column);
      this.columns.push({ group, rater, category });
    }
    this.#column.push(column);
    this.#value.push(value);
  }

  endUnit(): void {
    this.#start.push(this.#column.length);
  }

  finish(prior: Float64Array, cluster: readonly string[]): Evidence {
    return {
      start: Int32Array.from(this.#start),
      column: Int32Array.from(this.#column),
      value: Float32Array.from(this.#value),
      columns: this.columns,
      prior,
      cluster,
    };
  }
}
