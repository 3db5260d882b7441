import type { DatasetKind } from '../../domain/export-spec.ts';

/** A configuration that trains on the exported files, and the command that runs it. */
export interface TrainerConfig {
  readonly file: string;
  readonly text: string;
  readonly command: string;
}

export interface TrainerFacts {
  readonly kind: DatasetKind;
  readonly container: string;
  readonly splits: readonly string[];
  /** Expected share of right pairs: the mean probability. Null where none is known. */
  readonly pairAccuracy: number | null;
  /** Desirable and undesirable rows, for KTO. */
  readonly desirable: number;
  readonly undesirable: number;
}

/** Labels wrong more often than this are not smoothed away; the data should be filtered instead. */
const maxSmoothing = 0.45;
/** Below this the plain loss is as good and better known. */
const minSmoothing = 0.02;

/**
 * Robust DPO's label-flip probability (Chowdhury, Kini & Natarajan 2024): one minus the measured pair accuracy.
 */
export function labelSmoothing(pairAccuracy: number | null): number {
  if (pairAccuracy === null) return 0;
  const flip = 1 - pairAccuracy;
  return flip < minSmoothing ? 0 : Math.min(maxSmoothing, Math.round(flip * 1000) / 1000);
}

/** KTO wants weight x count of the two sides within a factor of 4/3 (Ethayarajh et al. 2024, section 4.2). */
export function ktoWeights(facts: TrainerFacts): Record<string, number> {
  if (facts.desirable === 0 || facts.undesirable === 0) return {};
  const ratio = facts.desirable / facts.undesirable;
  const round = (weight: number) => Math.round(weight * 100) / 100;
  if (ratio > 4 / 3) return { desirable_weight: 1, undesirable_weight: round(ratio) };
  if (ratio < 1) return { desirable_weight: round(1 / ratio), undesirable_weight: 1 };
  return { desirable_weight: 1, undesirable_weight: 1 };
}

/** The first line of a configuration. */
export function configHeader(facts: TrainerFacts): string {
  const accuracy = facts.pairAccuracy === null ? 'unknown' : facts.pairAccuracy.toFixed(3);
  return `# Set the model. Label smoothing and loss follow from the expected pair accuracy of these data (${accuracy}).\n`;
}
