import { ConfigError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import { BestByLabels } from '../../engine/allocation/best-by-labels.ts';
import { labelledItems, learnFromLabels } from '../../engine/allocation/learn-from-labels.ts';
import { type PanelRecord, recordPanel } from '../../engine/allocation/panel-file.ts';
import { VoteLedger } from '../../engine/allocation/vote-ledger.ts';
import { hashFiles } from '../../files/content-hash.ts';
import type { RaterModel } from '../../reconcile/estimate/rater-model.ts';
import { type ReconcileOptions, type Reconciliation, reconcile } from '../../reconcile/reconcile.ts';
import { matchesAny } from '../../reconcile/tables/rater-globs.ts';
import { openRecords, type RecordFiles } from './record-files.ts';

/** A rater model as it is stored, with the parameters of an adaptive run (null: too few items are labelled). */
export interface StoredRaterModel extends RaterModel {
  readonly panel: PanelRecord | null;
}

export interface Calibrated {
  readonly model: StoredRaterModel;
  readonly report: Reconciliation['report'];
}

/** Fits a model of the raters to labels. @throws ConfigError where the labels are too few */
export async function calibrateOnFiles(
  files: RecordFiles & { readonly labels: readonly string[] },
  options: Omit<ReconcileOptions, 'model'>,
): Promise<Calibrated> {
  const { learnedModel, report } = await reconcile(openRecords(files), options);
  if (learnedModel === null) {
    throw new ConfigError(
      `${report.labelled_pairs} labelled pairs with votes are too few to fit a model`,
      [],
      {
        hint: 'label at least 20 pairs that have votes; `quorate reconcile --report` lists the most informative ones',
      },
    );
  }
  const model: StoredRaterModel = {
    format: 'quorate-rater-model',
    version: 1,
    votes_hash: await hashFiles(files.votes),
    labels_hash: await hashFiles(files.labels),
    length_effects: options.lengthEffects ?? true,
    ...learnedModel,
    panel: await fitPanel(files, options.raters ?? []),
  };
  return { model, report };
}

async function fitPanel(files: RecordFiles, raters: readonly string[]): Promise<PanelRecord | null> {
  const input = openRecords(files);
  const labels = new BestByLabels();
  for await (const label of input.labels ?? []) labels.add(label);
  const wanted = new Set(labels.items());
  const votes: Vote[] = [];
  for await (const vote of input.votes) {
    const isMachine = vote.rater_kind !== 'gold' && vote.rater_kind !== 'human';
    if (isMachine && wanted.has(vote.item) && matchesAny(vote.rater, raters)) votes.push(vote);
  }
  const items: Item[] = [];
  for await (const item of input.items ?? []) if (wanted.has(item.id)) items.push(item);
  const panel = learnFromLabels(labelledItems(labels, new VoteLedger(votes), items));
  return panel === null ? null : recordPanel(panel);
}
