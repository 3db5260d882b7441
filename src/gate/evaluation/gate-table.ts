import { checkArgument } from '../../domain/check-argument.ts';
import { familyOf } from '../../domain/family.ts';
import type { GateSettings } from '../../domain/gate-settings.ts';
import type { RaterKind, Vote } from '../../domain/vote.ts';
import { Findings } from './findings.ts';
import { Opinions } from './opinions.ts';
import { type PairedItem, sideOf } from './paired-item.ts';

/** All votes and findings of one item. */
export interface TableRow {
  readonly panel: Opinions;
  readonly human: Opinions;
  readonly findings: Findings;
}

const labelKinds: ReadonlySet<RaterKind> = new Set(['human', 'gold']);
const checkerKinds: ReadonlySet<RaterKind> = new Set(['rule', 'fact', 'constitution']);

/**
 * Votes and labels by item, added in any order.
 * @example
 * const table = new GateTable([], defaultGateSettings);
 * for (const vote of votes) table.add(vote);
 * console.log(table.counts.votes, table.hasLlmJudge);
 */
export class GateTable {
  readonly #items: ReadonlyMap<string, PairedItem>;
  readonly #rows = new Map<string, TableRow>();
  readonly #sameFamily: GateSettings['sameFamily'];
  readonly #scales: ReadonlyMap<string, readonly [number, number]>;
  readonly raterKinds = new Map<string, RaterKind>();
  /** Hashes of the rubrics, constitutions and rules that votes were given under. */
  readonly rubricHashes = new Set<string>();
  readonly counts = { votes: 0, ties: 0, abstentions: 0, errors: 0, recused: 0, unmatched: 0 };
  /** Whether a model was one of the raters. */
  hasLlmJudge = false;

  constructor(items: readonly PairedItem[], settings: Pick<GateSettings, 'sameFamily' | 'criteria'>) {
    checkArgument('items', items, 'list');
    checkArgument('settings', settings, 'object');
    this.#items = new Map(items.map((item) => [item.id, item]));
    this.#sameFamily = settings.sameFamily;
    this.#scales = new Map(
      (settings.criteria ?? []).flatMap(({ criterion, scale }) =>
        scale === null ? [] : [[criterion ?? anyCriterion, scale] as const],
      ),
    );
  }

  row(item: string): TableRow {
    let row = this.#rows.get(item);
    if (row === undefined) {
      row = { panel: new Opinions(), human: new Opinions(), findings: new Findings() };
      this.#rows.set(item, row);
    }
    return row;
  }

  /** Adds a vote; human and gold votes count as labels, whichever file they come from. */
  add(vote: Vote): void {
    const item = this.#items.get(vote.item);
    if (item === undefined) {
      this.counts.unmatched += 1;
      return;
    }
    if (labelKinds.has(vote.rater_kind)) {
      this.addLabel(vote, item);
      return;
    }
    if (vote.kind === 'pairwise' && this.#isPartial(vote, item)) {
      this.counts.recused += 1;
      return;
    }
    this.counts.votes += 1;
    this.raterKinds.set(vote.rater, vote.rater_kind);
    if (vote.provenance?.rubric_hash !== undefined) this.rubricHashes.add(vote.provenance.rubric_hash);
    if (vote.model != null && vote.rater_kind !== 'rule') this.hasLlmJudge = true;
    if (vote.outcome === 'abstain') this.counts.abstentions += 1;
    else if (vote.outcome === 'error') this.counts.errors += 1;
    else {
      if (vote.outcome === 'tie') this.counts.ties += 1;
      const row = this.row(vote.item);
      if (vote.kind === 'pointwise' && (checkerKinds.has(vote.rater_kind) || vote.veto === true)) {
        const side = sideOf(item, vote.candidate);
        if (side !== null) row.findings.add(vote, side);
      }
      if (!row.panel.addVerdict(vote, item, this.#scaleOf(vote))) this.counts.unmatched += 1;
    }
  }

  /** Adds a human label: verdicts and ties count, abstentions and errors do not. */
  addLabel(vote: Vote, item = this.#items.get(vote.item)): void {
    if (item === undefined) this.counts.unmatched += 1;
    else if (vote.outcome === 'verdict' || vote.outcome === 'tie')
      this.row(vote.item).human.addVerdict(vote, item, this.#scaleOf(vote));
  }

  #scaleOf({ criterion = '' }: Vote): readonly [number, number] | null {
    return this.#scales.get(criterion) ?? this.#scales.get(anyCriterion) ?? null;
  }

  /** A judge is partial if exactly one of the two responses comes from its own family. */
  #isPartial({ model }: Vote, { candidates: [candidate, baseline] }: PairedItem): boolean {
    if (this.#sameFamily === 'keep') return false;
    const family = familyOf(model);
    if (family === null) return false;
    return (familyOf(candidate.model) === family) !== (familyOf(baseline.model) === family);
  }
}

const anyCriterion = '*';
