import type { EventDecision, FeedbackEvent } from '../../domain/feedback-event.ts';
import type { CleaningSettings } from '../../domain/feedback-settings.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { gatherNearDuplicates } from '../../stats/similarity/near-duplicates.ts';
import { commentOf, expectedAnswer, leaningOf } from './opinion-of.ts';
import { type PackedStrings, packStrings } from './packed-strings.ts';

export const kindNames = [
  'thumb',
  'stars',
  'correction',
  'comparison',
  'ranking',
  'comment',
  'flag',
  'survey',
  'retry',
  'copy',
  'regenerate',
  'dwell',
  'session_length',
] as const satisfies readonly FeedbackEvent['kind'][];

/** Kinds up to and including this one (in `kindNames`) are judgements of a response. */
export const comparisonKind = kindNames.indexOf('comparison');

/** Events as columns, one row per event in order of arrival: about 60 bytes each besides the ids. */
export interface EventTable {
  readonly size: number;
  readonly ids: PackedStrings;
  readonly authors: PackedStrings;
  readonly responses: PackedStrings;
  readonly models: PackedStrings;
  readonly sources: PackedStrings;
  /** Number of repeated ids; repeats have no row. */
  readonly repeated: number;
  readonly author: Int32Array;
  readonly response: Int32Array;
  /** The other response of a comparison; -1 otherwise. */
  readonly other: Int32Array;
  readonly model: Int32Array;
  readonly otherModel: Int32Array;
  readonly source: Int32Array;
  /** Index in `kindNames`. */
  readonly kind: Int8Array;
  /** 1 good, -1 bad, 0 neither; of a comparison 1 `this`, -1 `other`, 0 tie. */
  readonly leaning: Int8Array;
  /** Stars 1 to 5, thumbs 6 and 7, 0 for everything else. */
  readonly answer: Int8Array;
  /** Expected leaning of an attention check; 0 is none. */
  readonly expected: Int8Array;
  /** 1 if a later event superseded it in the store. */
  readonly superseded: Int8Array;
  /** Fingerprint of the decision in force: 0 none, 1 human. */
  readonly decided: Int32Array;
  /** Milliseconds since the epoch, NaN where unreadable. */
  readonly at: Float64Array;
  /** Characters to read. */
  readonly characters: Float64Array;
  /** The smallest row with a near-equal long comment (its own row where it is alone); -1 without one. */
  readonly comment: Int32Array;
}

/** Characters of a comment that are fingerprinted: enough to detect copies, whatever its length. */
const fingerprintCharacters = 4_000;

type Columns = Pick<
  EventTable,
  | 'author'
  | 'response'
  | 'other'
  | 'model'
  | 'otherModel'
  | 'source'
  | 'kind'
  | 'leaning'
  | 'answer'
  | 'expected'
  | 'superseded'
  | 'decided'
  | 'at'
  | 'characters'
>;

/** Reads a stream of events once into columns. A repeated id is counted and left out. */
export async function tabulateEvents(
  events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>,
  settings: CleaningSettings,
): Promise<EventTable> {
  const [ids, authors, responses, models, sources] = [1, 2, 3, 4, 5].map(packStrings) as [
    PackedStrings,
    PackedStrings,
    PackedStrings,
    PackedStrings,
    PackedStrings,
  ];
  const canned = new Set(settings.cannedComments.map(folded));
  const copies = gatherNearDuplicates(settings.copySimilarity);
  const commented: number[] = [];
  let columns = columnsOf(1 << 12);
  let size = 0;
  let repeated = 0;
  for await (const { event, supersededBy, decision } of events) {
    if (ids.indexOf(event.id) !== -1) {
      repeated += 1;
      continue;
    }
    if (size === columns.at.length) columns = grown(columns);
    const row = size;
    ids.add(event.id);
    size += 1;
    columns.author[row] = authors.add(event.author);
    columns.response[row] = responses.add(event.response_id);
    columns.model[row] = models.add(event.model_version);
    columns.source[row] = sources.add(event.source);
    columns.kind[row] = kindNames.indexOf(event.kind);
    columns.leaning[row] = leaningOf(event);
    columns.answer[row] =
      event.kind === 'stars' ? event.stars : event.kind === 'thumb' ? (event.thumb === 'up' ? 6 : 7) : 0;
    columns.expected[row] = expectedAnswer(event, settings.checkSetting);
    columns.superseded[row] = supersededBy === undefined ? 0 : 1;
    columns.decided[row] =
      decision === undefined ? 0 : decision.stage === 'review' ? 1 : fingerprintOf(decision);
    columns.at[row] = Date.parse(event.at);
    columns.characters[row] = event.response.length;
    columns.other[row] = -1;
    columns.otherModel[row] = -1;
    if (event.kind === 'comparison') {
      columns.other[row] = responses.add(event.other.response_id);
      if (event.other.model_version !== undefined)
        columns.otherModel[row] = models.add(event.other.model_version);
      columns.characters[row]! += event.other.response.length;
      columns.leaning[row] = event.preferred === 'this' ? 1 : event.preferred === 'other' ? -1 : 0;
    }
    const comment = commentOf(event)?.slice(0, fingerprintCharacters);
    if (comment !== undefined && hasWords(comment, settings.copyWords) && !canned.has(folded(comment))) {
      copies.add(comment);
      commented.push(row);
    }
  }
  const comment = new Int32Array(size).fill(-1);
  copies.groups().forEach((first, text) => {
    comment[commented[text]!] = commented[first]!;
  });
  return { ...columns, size, ids, authors, responses, models, sources, repeated, comment };
}

function columnsOf(rows: number): Columns {
  return {
    author: new Int32Array(rows),
    response: new Int32Array(rows),
    other: new Int32Array(rows),
    model: new Int32Array(rows),
    otherModel: new Int32Array(rows),
    source: new Int32Array(rows),
    kind: new Int8Array(rows),
    leaning: new Int8Array(rows),
    answer: new Int8Array(rows),
    expected: new Int8Array(rows),
    superseded: new Int8Array(rows),
    decided: new Int32Array(rows),
    at: new Float64Array(rows),
    characters: new Float64Array(rows),
  };
}

function grown(columns: Columns): Columns {
  const larger = columnsOf(columns.at.length * 2);
  for (const name of Object.keys(columns) as (keyof Columns)[]) larger[name].set(columns[name]);
  return larger;
}

const folded = (text: string) => text.trim().toLowerCase();

function hasWords(text: string, wanted: number): boolean {
  let words = 0;
  for (const _ of text.matchAll(/\S+/g)) if (++words >= wanted) return true;
  return false;
}

/** Fingerprint of a decision; equal fingerprints mean equal decisions. */
export function fingerprintOf({
  stage,
  weight,
  reasons,
}: Pick<EventDecision, 'stage' | 'weight' | 'reasons'>): number {
  const text = `${stage} ${weight} ${reasons.join('\n')}`;
  let hash = 2166136261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  // 0 and 1 are reserved
  return (hash ^ (hash >>> 15)) | 2;
}
