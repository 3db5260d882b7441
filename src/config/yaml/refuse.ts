import { ConfigError, type Mistake } from '../../domain/errors.ts';

/** The error that tells all mistakes, in the order in which they stand. */
export function refuse(mistakes: readonly Mistake[]): ConfigError {
  const sorted = [...mistakes].sort((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column,
  );
  const count = sorted.length === 1 ? '1 mistake' : `${sorted.length} mistakes`;
  return new ConfigError(`${count}; nothing was started`, sorted);
}
