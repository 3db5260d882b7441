import { ProviderError } from '../../domain/provider-error.ts';

/** True for failures after which no call of the run could do better: no credentials, no money, no such model. */
export function endsTheRun(error: ProviderError): boolean {
  return error.kind === 'auth' || error.kind === 'quota' || error.status === 404;
}

/** True for failures that speak about the server, not about this one question. */
export function blamesTheServer(error: ProviderError): boolean {
  return error.kind !== 'content_filter' && error.kind !== 'context_too_long';
}

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Whether the provider may have taken money for a call of which no reply was seen. In doubt it may. */
export function mayBeBilled(error: ProviderError): boolean {
  switch (error.kind) {
    case 'timeout':
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
