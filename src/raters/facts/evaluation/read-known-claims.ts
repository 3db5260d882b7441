import { basename } from 'node:path';
import { InputError } from '../../../domain/errors.ts';
import type { Item } from '../../../domain/item.ts';
import { type NumberedRecord, readRecords } from '../../../files/read-records.ts';
import { RecordFields } from '../../../files/record-fields.ts';

/** Human labels of a claim; `not-supported`: false or unknown. */
export const claimLabels = ['supported', 'refuted', 'unverifiable', 'not-supported'] as const;
/** One label of a claim. */
export type ClaimLabel = (typeof claimLabels)[number];

/** A claim with known truth. */
export interface KnownClaim {
  /** Id of the candidate with its text. */
  readonly id: string;
  readonly label: ClaimLabel;
  /** Name of its data set, for the report. */
  readonly set: string;
  /** Claims of one cluster are dependent; null if the record names none. */
  readonly cluster: string | null;
}

/** Claims on the same evidence: the item's candidates are the claims and its context is the evidence. */
export interface KnownClaims {
  readonly item: Item;
  readonly claims: readonly KnownClaim[];
}

/** Maximum number of claims per question. */
const mostTogether = 12;

interface LabelledRecord {
  readonly text: string;
  readonly evidence: readonly string[];
  readonly known: KnownClaim;
}

/**
 * Streams labelled claims, `{"claim", "evidence": text or list of texts, "label", "set"?, "cluster"?}`, with
 * consecutive claims on the same evidence grouped. @throws InputError for a line of another layout
 */
export async function* readKnownClaims(
  file: string,
  wanted: (claim: KnownClaim, line: number) => boolean = () => true,
): AsyncGenerator<KnownClaims> {
  let start = 0;
  let group: LabelledRecord[] = [];
  for await (const numbered of readRecords(file)) {
    const record = parse(numbered, file);
    if (!wanted(record.known, numbered.line)) continue;
    const [first] = group;
    if (first !== undefined && (group.length === mostTogether || !sameEvidence(first, record))) {
      yield together(group, file, start);
      group = [];
    }
    if (group.length === 0) start = numbered.line;
    group.push(record);
  }
  if (group.length > 0) yield together(group, file, start);
}

function parse({ line, record }: NumberedRecord, file: string): LabelledRecord {
  const fields = new RecordFields(file, line, record);
  const { claim, evidence } = record;
  if (typeof claim !== 'string' || claim.trim() === '') fields.fail('claim', 'a text that is not empty');
  const texts = typeof evidence === 'string' ? [evidence] : evidence;
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) {
    throw new InputError(file, line, '"evidence" must be a text or a list of texts', {
      hint: 'give {"claim", "evidence", "label"}; an empty list says that there is none',
    });
  }
  return {
    text: claim as string,
    evidence: texts,
    known: {
      id: String(line),
      label: fields.oneOf('label', claimLabels),
      set: fields.optionalString('set') ?? basename(file),
      cluster: fields.optionalString('cluster') ?? null,
    },
  };
}

function sameEvidence(one: LabelledRecord, other: LabelledRecord): boolean {
  return (
    one.evidence.length === other.evidence.length &&
    one.evidence.every((text, index) => text === other.evidence[index])
  );
}

function together(group: readonly LabelledRecord[], file: string, line: number): KnownClaims {
  return {
    item: {
      id: `${file}:${line}`,
      prompt: null,
      candidates: group.map(({ text, known }) => ({ id: known.id, text })),
      context: group[0]!.evidence,
    },
    claims: group.map(({ known }) => known),
  };
}
