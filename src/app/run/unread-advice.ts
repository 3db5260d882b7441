import { type ProviderErrorKind, providerErrorKinds } from '../../domain/provider-error.ts';

const inspect = '`quorate explain` shows a raw reply';
const again = 'the same command with --retry-errors';

const byFailure: Readonly<Record<ProviderErrorKind, string>> = {
  auth: 'check the key (`key_env`): `quorate doctor` tests it',
  quota: 'the credit or the daily limit of the provider is used up: raise it, or wait for the next day',
  rate: `set \`limits\` (rpm, tpm) of the judge to those of the account, then ${again}`,
  overloaded: `the server was overloaded: later, ${again}`,
  timeout: `the server did not answer in time: raise \`timeout_ms\` or lower \`concurrency\`, then ${again}`,
  network: `the server could not be reached: \`quorate doctor\` names the reason; then ${again}`,
  content_filter: 'the filter of the provider stops these items: use a judge without it',
  context_too_long: 'the prompts are longer than the context of the model: use a judge with a longer one',
  bad_request: `the server refuses the request: \`quorate doctor\` names the reason; then ${again}`,
  bad_reply: `the server sends what is no reply: ${inspect}`,
  reply_too_large:
    'the replies are larger than `max_reply_bytes` of the judge: `quorate doctor` names the reason',
  generation_failed: `the server breaks off its replies: ${again}`,
};

const byReason: Readonly<Record<string, string>> = {
  truncated:
    'give the judge room: `thinking_tokens: 4000` if the model thinks before it answers, otherwise a higher `max_tokens`',
  unfinished_thinking: 'give the judge room to think: `thinking_tokens: 4000`',
  refused: `the judge declines these questions: use another judge; ${inspect}`,
  not_verified: 'the verifier rejects every reason: use another verifier or another judge',
};

/** What to do about a judge whose votes ended like this. @param reason the reason of its votes */
export function unreadAdvice(reason: string): string {
  const kind = providerErrorKinds.find((one) => one === reason);
  if (kind !== undefined) return byFailure[kind];
  if (reason.startsWith('empty: ')) {
    return `the replies stand in another field (${reason.slice('empty: '.length)}): set \`structured: off\`, or switch off the reasoning parser of the server; ${inspect}`;
  }
  return (
    byReason[reason] ??
    `${inspect}; try \`verdict: json\` or another format in the rubric, or a larger model; \`quorate doctor\` asks one clear question`
  );
}
