import type { Item } from '../../domain/item.ts';
import type { Job } from '../../domain/job.ts';
import type { Vote } from '../../domain/vote.ts';
import { readItems } from '../../files/items.ts';
import { readRecords } from '../../files/read-records.ts';
import { writeJsonLines } from '../../files/write-lines.ts';
import { type Revision, revisedId } from '../../raters/constitution/revision/revision.ts';
import { type RevisionReport, RevisionTally } from '../../raters/constitution/revision/revision-report.ts';
import { reconcile } from '../../reconcile/reconcile.ts';
import type { RevisedItem } from './recorded-revisions.ts';

export interface WrittenRevisions extends RevisionReport {
  readonly files: {
    /** Every response: its rounds, what became of it, and the votes. */
    readonly revisions: string;
    /** Items with the original and the accepted revision, one for each accepted revision. */
    readonly items: string;
    /** The revision over the original. */
    readonly preferences: string;
    /** Prompt, original and accepted revision in one line: what `quorate export --feedback` trains on. */
    readonly improvements: string;
  };
}

/**
 * Writes what a revision run found. The revisions are streamed to their file, and the other files made from that one:
 * they are not kept, and not worked out from their replies again.
 */
export async function writeRevisions(
  job: Job,
  out: string,
  revisions: AsyncIterable<RevisedItem>,
): Promise<WrittenRevisions> {
  const base = out.replace(/\.jsonl(\.gz)?$/, '');
  const files = {
    revisions: out,
    items: `${base}.items.jsonl`,
    preferences: `${base}.preferences.jsonl`,
    improvements: `${base}.improvements.jsonl`,
  };
  const tally = new RevisionTally();
  await writeJsonLines(files.revisions, everyRevision(revisions, tally));
  await writeJsonLines(files.items, acceptedItems(job, files.revisions));
  const { preferences } = await reconcile(
    { votes: acceptedVotes(files.revisions), items: readItems(files.items) },
    { seed: job.seed, accept: job.reconcile.accept, quorum: job.reconcile.quorum, sameFamily: 'keep' },
  );
  await writeJsonLines(files.preferences, preferences);
  const probabilities = new Map(preferences.map(({ item, probability }) => [item, probability]));
  await writeJsonLines(files.improvements, improvements(readItems(files.items), probabilities));
  return { ...tally.report(), files };
}

async function* everyRevision(revised: AsyncIterable<RevisedItem>, tally: RevisionTally) {
  for await (const { revisions, leftOut } of revised) {
    tally.leaveOut(leftOut);
    for (const revision of revisions) {
      tally.add(revision);
      yield revision;
    }
  }
}

/** An item of its own for each accepted revision: its id names the response. The critic wrote the revision. */
async function* acceptedItems(job: Job, file: string): AsyncGenerator<Item> {
  const models = new Map(job.panel.map(({ id, model }) => [id, model]));
  const accepted = acceptedRevisions(file);
  let next = await accepted.next();
  for await (const item of readItems(job.items)) {
    for (; next.done !== true && next.value.item === item.id; next = await accepted.next()) {
      const { candidate: id, critic, revised: text } = next.value;
      const original = item.candidates.find((candidate) => candidate.id === id)!;
      yield {
        ...item,
        id: pairId(item.id, id),
        candidates: [original, { ...original, id: revisedId(id), text, model: models.get(critic) ?? null }],
      };
    }
  }
}

async function* improvements(items: AsyncIterable<Item>, probabilities: ReadonlyMap<string, number>) {
  for await (const { id, prompt, category, candidates } of items) {
    const [original, revised] = candidates;
    yield {
      id: `${id}:revised`,
      item: id,
      prompt,
      original: original!.text,
      improved: revised!.text,
      source: 'ai',
      model: original!.model ?? null,
      category: category ?? null,
      probability: probabilities.get(id) ?? null,
    };
  }
}

async function* acceptedVotes(file: string): AsyncGenerator<Vote> {
  for await (const { item, candidate, votes } of acceptedRevisions(file)) {
    for (const vote of votes) {
      // Evasion was asked to turn revisions down; it is no opinion on which of the two is better.
      if (!vote.rater.endsWith('/evasion')) yield { ...vote, item: pairId(item, candidate) };
    }
  }
}

/** In the order of the items, from the file that was just written. */
async function* acceptedRevisions(file: string): AsyncGenerator<Revision> {
  for await (const { record } of readRecords(file)) {
    const revision = record as unknown as Revision;
    if (revision.status === 'accepted') yield revision;
  }
}

function pairId(item: string, candidate: string): string {
  return `${item}/${candidate}`;
}
