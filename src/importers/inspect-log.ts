import { InputError } from '../domain/errors.ts';
import type { Row } from '../files/json-record.ts';
import { isRecord } from '../files/json-record.ts';
import type { RowSource } from '../files/open-rows.ts';
import { openZip, type ZipMember } from '../files/packing/zip.ts';
import { asRecord } from './values.ts';

/** Largest sample or header, in bytes. */
const largestMember = 64 * 1024 * 1024;

/** A log of Inspect in its archive format (`.eval`): a header and one JSON file a sample. @throws InputError */
export async function openInspectLog(file: string): Promise<RowSource> {
  const archive = await openZip(file);
  const named = (name: RegExp) => archive.members.filter((member) => name.test(member.name));
  const [header] = [...named(/^header\.json$/), ...named(/^_journal\/start\.json$/)];
  const samples = named(/^samples\/.*\.json$/);
  if (header === undefined && samples.length === 0) {
    archive.close();
    throw new InputError(file, null, 'is not a log of Inspect: no header.json and no samples/');
  }
  async function* rows(): AsyncGenerator<Row> {
    try {
      for (const [index, member] of samples.entries()) {
        const record = await jsonOf(file, member);
        yield isRecord(record)
          ? { line: index + 1, record }
          : { line: index + 1, problem: `${member.name} is not a JSON object` };
      }
    } finally {
      archive.close();
    }
  }
  const facts = header === undefined ? {} : asRecord(await jsonOf(file, header));
  return { file, container: 'json-document', list: 'samples', facts, rows: rows() };
}

async function jsonOf(file: string, member: ZipMember): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of member.read()) {
    size += chunk.length;
    if (size > largestMember) throw new InputError(file, null, `${member.name} is larger than 64 MiB`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
  } catch (cause) {
    throw new InputError(file, null, `${member.name} is not valid JSON`, { cause });
  }
}
