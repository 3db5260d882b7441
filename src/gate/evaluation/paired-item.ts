import type { Candidate, Item } from '../../domain/item.ts';

/** A prompt with the responses of both models: an item whose candidates are exactly these two, the gate's candidate first. */
export interface PairedItem extends Item {
  readonly candidates: readonly [candidate: Candidate, baseline: Candidate];
}

/** Which of the two models. */
export type Side = 'candidate' | 'baseline';

/** The side that a vote means by an id: the response's own id, `candidate` or `baseline`, or the name of the model. */
export function sideOf({ candidates: [candidate, baseline] }: PairedItem, id: string): Side | null {
  if (id === candidate.id) return 'candidate';
  if (id === baseline.id) return 'baseline';
  if (id === 'candidate' || id === 'baseline') return id;
  if (candidate.model === baseline.model) return null;
  if (id === candidate.model) return 'candidate';
  return id === baseline.model ? 'baseline' : null;
}

/** What counts as one independent unit: the item's cluster, else the item itself. */
export function clusterOf({ id, cluster }: Item): string {
  return cluster == null ? `item ${id}` : `cluster ${cluster}`;
}
