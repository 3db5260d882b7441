import { QuorateError, StoreError } from '../../domain/errors.ts';

/** Converts a SQLite error to a StoreError with a hint. Quorate's own errors are returned unchanged. */
export function storeFailure(file: string, cause: unknown): Error {
  if (QuorateError.isInstance(cause)) return cause;
  const code = (cause as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return cause as Error;
  const [what, hint] = explain(code);
  return new StoreError(`${file}: ${what} (${code})`, { cause, hint });
}

function explain(code: string): readonly [what: string, hint: string] {
  if (code === 'SQLITE_FULL') {
    return ['the disk is full', 'make room; the same command continues, and what was recorded is safe'];
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return ['the store may not be written', 'check the permissions of the file and its folder'];
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'ENOENT' || code === 'ENOTDIR' || code === 'EEXIST') {
    return [
      'the store cannot be opened',
      'check that the folder exists, is a folder, and that you may write there',
    ];
  }
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') {
    return ['another process keeps the store locked', 'wait until it is done, then run the same command'];
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return ['this is not a readable database', 'name another store, or bring the file back from a backup'];
  }
  return ['the store failed', 'check the disk; the same command continues, and what was recorded is safe'];
}
