import { checkArgument } from '../../domain/check-argument.ts';
import { InputError } from '../../domain/errors.ts';
import type { Candidate, Item } from '../../domain/item.ts';
import { asMessages } from '../../domain/message.ts';
import { ContentHash, canonicalJson } from '../../files/content-hash.ts';
import type { PairedItem, Side } from './paired-item.ts';
import { ownId, type Response } from './read-responses.ts';

/**
 * One model's responses and their source.
 * @example
 * const candidate: ResponseSet = { source: 'new.jsonl', responses: await readResponses('new.jsonl') };
 */
export interface ResponseSet {
  readonly source: string;
  readonly responses: ReadonlyMap<string, Response>;
}

/** The responses of both models, joined by item. */
export interface PairedResponses {
  readonly items: readonly PairedItem[];
  readonly onlyCandidate: readonly string[];
  readonly onlyBaseline: readonly string[];
  /** Items of the items file that neither model answered. */
  readonly unanswered: readonly string[];
}

/**
 * Joins two models' responses by item. Items of one side only are listed and left out.
 * @param known the items file, if there is one: prompts, references, categories and clusters come from it first
 * @throws InputError if the two sides answer different prompts or share no item
 * @example
 * const [candidate, baseline] = await Promise.all(['new.jsonl', 'old.jsonl'].map(readResponses));
 * pairResponses({ source: 'new.jsonl', responses: candidate! }, { source: 'old.jsonl', responses: baseline! }, null);
 */
export function pairResponses(
  candidate: ResponseSet,
  baseline: ResponseSet,
  known: ReadonlyMap<string, Item> | null,
): PairedResponses {
  checkArgument('candidate', candidate, { source: 'string', responses: 'map' });
  checkArgument('baseline', baseline, { source: 'string', responses: 'map' });
  const items: PairedItem[] = [];
  const different: string[] = [];
  const onlyCandidate: string[] = [];
  for (const [id, ours] of candidate.responses) {
    const theirs = baseline.responses.get(id);
    if (theirs === undefined) {
      onlyCandidate.push(id);
      continue;
    }
    const about = known?.get(id);
    const prompts = [about?.prompt, theirs.prompt, ours.prompt].filter((prompt) => prompt != null);
    if (new Set(prompts.map((prompt) => canonicalJson(asMessages(prompt!)))).size > 1) different.push(id);
    items.push(pair(ours, theirs, about));
  }
  if (different.length > 0)
    throw differentPrompts(candidate.source, baseline.source, different, items.length);
  const onlyBaseline = [...baseline.responses.keys()].filter((id) => !candidate.responses.has(id));
  if (items.length === 0) {
    throw new InputError(candidate.source, null, `shares no item with ${baseline.source}`, {
      hint: `ids here: ${listed(onlyCandidate)}; there: ${listed(onlyBaseline)}`,
    });
  }
  const unanswered = [...(known?.keys() ?? [])].filter(
    (id) => !candidate.responses.has(id) && !baseline.responses.has(id),
  );
  return { items, onlyCandidate, onlyBaseline, unanswered };
}

function pair(ours: Response, theirs: Response, about: Item | undefined): PairedItem {
  const { candidate, ...ourItem } = ours;
  const { candidate: baseline, ...theirItem } = theirs;
  const { candidates: _, ...knownItem } = about ?? { candidates: [] };
  const named = candidate.id !== ownId && baseline.id !== ownId && candidate.id !== baseline.id;
  return {
    ...(knownOnly(ourItem) as Item),
    ...knownOnly(theirItem),
    ...knownOnly(knownItem),
    prompt: about?.prompt ?? theirs.prompt ?? ours.prompt,
    candidates: [asSide(candidate, 'candidate', named), asSide(baseline, 'baseline', named)],
  };
}

/** Extra fields of a line are not part of an item. */
function knownOnly({ id, reference, context, category, cluster, metadata }: Partial<Item>): Partial<Item> {
  return Object.fromEntries(
    Object.entries({ id, reference, context, category, cluster, metadata }).filter(
      ([, value]) => value != null,
    ),
  );
}

function asSide({ id, text, model }: Candidate, side: Side, named: boolean): Candidate {
  return { id: named ? id : side, text, ...(model == null ? {} : { model }) };
}

function differentPrompts(
  candidate: string,
  baseline: string,
  ids: readonly string[],
  shared: number,
): InputError {
  return new InputError(
    candidate,
    null,
    `${ids.length} of ${shared} items have a different prompt than in ${baseline}: ${listed(ids)}`,
    { hint: 'a gate is paired: both models must answer the same prompts' },
  );
}

/** Up to five quoted ids, and how many more there are. */
export function listed(ids: readonly string[]): string {
  const first = ids.slice(0, 5).map((id) => `"${id}"`);
  return `${first.join(', ') || 'none'}${ids.length > 5 ? ` and ${ids.length - 5} more` : ''}`;
}

/** SHA-256 over ids, prompts and texts, sorted by id. */
export function hashResponses(
  responses: Iterable<readonly [id: string, prompt: Item['prompt'], text: string | null]>,
): string {
  const hash = new ContentHash();
  for (const [id, prompt, text] of [...responses].sort(([one], [other]) => (one < other ? -1 : 1))) {
    hash.add(id);
    hash.add(prompt === null ? '' : canonicalJson(asMessages(prompt)));
    hash.add(text ?? '');
  }
  return hash.digest();
}
