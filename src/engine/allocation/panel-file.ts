import { InputError } from '../../domain/errors.ts';
import type { LabelledPanel, LabelledRater } from './labelled-panel.ts';
import type { RaterModel } from './panel-model.ts';

/** The panel in a rater model file: written by `quorate calibrate`, used by allocations. */
export interface PanelRecord {
  readonly items: number;
  readonly raters: readonly {
    readonly rater: string;
    /** Factor of the weight of its readings; negative where they count for the opposite side. */
    readonly trust: number;
    readonly trust_in: Readonly<Record<string, number>>;
    readonly reads: Omit<RaterModel, 'direction'>;
  }[];
}

export function recordPanel({ items, raters }: LabelledPanel): PanelRecord {
  return {
    items,
    raters: [...raters].map(([rater, { model, trust, trustIn }]) => {
      const { direction: _direction, ...reads } = model;
      return { rater, trust, trust_in: Object.fromEntries(trustIn), reads };
    }),
  };
}

/** @param model the content of a rater model file. @returns null where it was written without a panel. @throws InputError */
export function recallPanel(model: object, file: string): LabelledPanel | null {
  const panel = (model as { readonly panel?: PanelRecord | null }).panel ?? null;
  if (panel === null) return null;
  if (!isSound(panel)) {
    throw new InputError(file, null, 'the panel of the rater model is damaged', {
      hint: 'write a new one with `quorate calibrate`',
    });
  }
  return {
    items: panel.items,
    raters: new Map(
      panel.raters.map(({ rater, trust, trust_in: trustIn, reads }): [string, LabelledRater] => [
        rater,
        { model: { ...reads, direction: 1 }, trust, trustIn: new Map(Object.entries(trustIn)) },
      ]),
    ),
  };
}

const positive = ['spread', 'leniency', 'taste', 'noise', 'doubt'] as const;

function isSound(panel: PanelRecord): boolean {
  return (
    Number.isFinite(panel.items) &&
    Array.isArray(panel.raters) &&
    panel.raters.every(
      ({ rater, trust, trust_in: trustIn, reads }) =>
        typeof rater === 'string' &&
        Number.isFinite(trust) &&
        Object.values(trustIn ?? {}).every(Number.isFinite) &&
        Number.isFinite(reads?.center) &&
        Number.isFinite(reads.bias) &&
        positive.every((name) => Number.isFinite(reads[name]) && reads[name] > 0),
    )
  );
}
