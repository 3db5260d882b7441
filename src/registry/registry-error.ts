import { type ErrorOptionsWithHint, QuorateError } from '../domain/errors.ts';

/** An invalid registry request (exit code 2): unknown model or version, wrong stage, concurrent change. */
export class RegistryError extends QuorateError {
  constructor(message: string, options: ErrorOptionsWithHint = {}) {
    super('registry', message, options);
  }
}
