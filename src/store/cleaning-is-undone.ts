import { StoreError } from '../domain/errors.ts';

/** A cleaning that was taken back cannot go on. */
export function cleaningIsUndone(cleaning: string): StoreError {
  return new StoreError(`cleaning "${cleaning}" was undone`, { hint: 'clean again under a new name' });
}
