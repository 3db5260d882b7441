import { StoreError } from '../domain/errors.ts';

/** The error for continuing an undone cleaning. */
export function cleaningIsUndone(cleaning: string): StoreError {
  return new StoreError(`cleaning "${cleaning}" was undone`, { hint: 'clean again under a new name' });
}
