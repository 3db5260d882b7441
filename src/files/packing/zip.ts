import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { InputError } from '../../domain/errors.ts';
import { UnpackLimit } from './unpack-limit.ts';
import { unpackZstd } from './zstd.ts';

/** One file in a zip archive. */
export interface ZipMember {
  readonly name: string;
  /** Unpacked, as a stream. @throws InputError for a corrupt member */
  read(): AsyncGenerator<Buffer>;
}

/** Deflate and stored are unpacked by yauzl; Inspect packs its logs with Zstandard, method 93 of the zip format. */
const zstandard = 93;

export interface ZipArchive {
  readonly members: readonly ZipMember[];
  close(): void;
}

/** Opens an archive and lists its files; folders and what macOS adds are left out. @throws InputError */
export async function openZip(file: string): Promise<ZipArchive> {
  if (file === '-') {
    throw new InputError(file, null, 'a zip archive cannot be read from standard input', {
      hint: 'name the file, or unpack it',
    });
  }
  let zip: ZipFile;
  try {
    zip = await openPromise(file, { autoClose: false });
  } catch (cause) {
    throw broken(file, cause);
  }
  const members: ZipMember[] = [];
  try {
    for await (const entry of zip.eachEntry())
      if (isData(entry.fileName)) members.push(memberOf(zip, entry, file));
  } catch (cause) {
    zip.close();
    throw broken(file, cause);
  }
  return { members, close: () => zip.close() };
}

/** The bytes of an archive's only file. @throws InputError naming the files where there are several */
export async function* readZip(file: string): AsyncGenerator<Buffer> {
  const { members, close } = await openZip(file);
  try {
    const [only] = members;
    if (only === undefined) throw new InputError(file, null, 'the zip archive holds no file');
    if (members.some(({ name }) => name === 'xl/workbook.xml'))
      throw new InputError(file, null, 'is an Excel workbook', { hint: 'save its sheet as CSV' });
    if (members.length > 1) {
      const names = members.slice(0, 5).map(({ name }) => name);
      throw new InputError(file, null, `the zip archive holds ${members.length} files: ${names.join(', ')}`, {
        hint: 'unpack it and name the files',
      });
    }
    yield* only.read();
  } finally {
    close();
  }
}

function isData(name: string): boolean {
  return !name.endsWith('/') && !name.startsWith('__MACOSX/') && !name.endsWith('.DS_Store');
}

function memberOf(zip: ZipFile, entry: Entry, file: string): ZipMember {
  return {
    name: entry.fileName,
    async *read() {
      const isZstandard = entry.compressionMethod === zstandard;
      try {
        const packed = await zip.openReadStreamPromise(entry, isZstandard ? { decodeFileData: false } : {});
        const limit = new UnpackLimit(file);
        limit.addPacked(entry.compressedSize);
        if (isZstandard) yield* unpackZstd(packed, file, limit);
        else yield* limit.unpacked(packed as AsyncIterable<Buffer>);
      } catch (cause) {
        throw InputError.isInstance(cause) ? cause : broken(file, cause);
      }
    },
  };
}

function broken(file: string, cause: unknown): unknown {
  if (typeof (cause as NodeJS.ErrnoException | null)?.syscall === 'string') return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new InputError(file, null, `is not a zip archive that can be read: ${detail}`, { cause });
}
