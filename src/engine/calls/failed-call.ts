import { ProviderError } from '../../domain/provider-error.ts';

/** True for failures that every further call would repeat: no credentials, no quota, no such model, a wrong address. */
export function endsTheRun(error: ProviderError): boolean {
  return error.permanent || error.kind === 'auth' || error.kind === 'quota' || error.status === 404;
}

/** True for failures of the server, false for those of this one question. */
export function blamesTheServer(error: ProviderError): boolean {
  return error.kind !== 'content_filter' && error.kind !== 'context_too_long';
}

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Whether the provider may have billed a call whose reply was not received. In doubt it may. */
export function mayBeBilled(error: ProviderError): boolean {
  switch (error.kind) {
    case 'timeout':
    case 'generation_failed':
    case 'reply_too_large':
    case 'bad_reply':
      return true;
    case 'network':
      return !neverSent.has(systemCodeOf(error));
    default:
      return false;
  }
}

function systemCodeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (!(cause instanceof ProviderError) && typeof code === 'string') return code;
  }
  return '';
}
