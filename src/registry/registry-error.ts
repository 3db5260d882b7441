import { type ErrorOptionsWithHint, QuorateError } from '../domain/errors.ts';

/** A request that the registry cannot follow as it is (exit code 2): unknown model or version, wrong stage. */
export class RegistryError extends QuorateError {
  constructor(message: string, options: ErrorOptionsWithHint = {}) {
    super('registry', message, options);
  }
}
