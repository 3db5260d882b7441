import type { Candidate, Item } from '../../domain/item.ts';

/** A prompt with the responses of both models: an item whose candidates are exactly these two, the gate's candidate first. */
export interface PairedItem extends Item {
  readonly candidates: readonly [candidate: Candidate, baseline: Candidate];
}

/** Which of the two models. */
export type Side = 'candidate' | 'baseline';

/** The side that an id of a vote names: by the id of the response, `candidate` or `baseline`, or the name of the model. */
export function sideOf({ candidates: [candidate, baseline] }: PairedItem, id: string): Side | null {
  if (id === candidate.id) return 'candidate';
  if (id === baseline.id) return 'baseline';
  if (id === 'candidate' || id === 'baseline') return id;
  if (candidate.model === baseline.model) return null;
  if (id === candidate.model) return 'candidate';
  return id === baseline.model ? 'baseline' : null;
}

/** The independent unit of an item: its cluster, otherwise the item itself. */
export function clusterOf({ id, cluster }: Item): string {
  return cluster == null ? `item ${id}` : `cluster ${cluster}`;
}
