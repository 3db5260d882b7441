import { ConfigError } from '../domain/errors.ts';
import type { ModelSpec } from '../domain/job.ts';
import type { Sent } from './dialect.ts';
import { type Off, thinkingFamily } from './thinking-models.ts';

type Settings = Pick<ModelSpec, 'reasoning' | 'baseUrl'>;

/** @throws ConfigError where a model that cannot do without reasoning is asked to. */
export function checkReasoning({ model, reasoning }: Pick<ModelSpec, 'model' | 'reasoning'>): void {
  const family = thinkingFamily(model);
  if (reasoning !== 'off' || family?.thinks !== 'always') return;
  throw new ConfigError(
    `reasoning: off is not possible with ${model}: it always reasons (${family.name})`,
    [],
    {
      hint: 'use reasoning: low, or a model that can answer without reasoning',
    },
  );
}

/** Adds how much to reason to a chat-completions request, in the fields that its server or its family of models reads. */
export function addReasoning(
  body: Record<string, unknown>,
  model: string,
  { reasoning, baseUrl = '' }: Settings,
  sent: Sent,
): void {
  if (reasoning === undefined) return;
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : '';
  if (reasoning === 'off') switchOff(body, offOf(model, host), sent);
  else {
    const fields =
      typeof reasoning === 'number' ? budgetOf(host, model, reasoning) : effortOf(host, reasoning);
    if (Object.keys(fields).length > 0 && sent.use('reasoning')) Object.assign(body, fields);
  }
}

function switchOff(body: Record<string, unknown>, { fields, words }: Off, sent: Sent): void {
  if (fields !== undefined) {
    const setting = 'chat_template_kwargs' in fields ? 'templateSwitch' : 'reasoning';
    if (sent.use(setting)) Object.assign(body, fields);
  }
  const messages = body.messages as { readonly role: string; readonly content: string }[];
  const last = messages.at(-1);
  if (words === undefined || last?.role !== 'user') return;
  body.messages = [...messages.slice(0, -1), { ...last, content: `${last.content}\n\n${words}` }];
}

/** A host's own field, else the family's. */
function offOf(model: string, host: string): Off {
  if (host.endsWith('openrouter.ai')) return { fields: { reasoning: { enabled: false } } };
  if (host.includes('dashscope')) return { fields: { enable_thinking: false } };
  if (/(^|\.)(z\.ai|bigmodel\.cn|moonshot\.(ai|cn)|deepseek\.com|volces\.com)$/.test(host))
    return { fields: { thinking: { type: 'disabled' } } };
  return thinkingFamily(model)?.off ?? {};
}

function effortOf(host: string, effort: string): Record<string, unknown> {
  return host.endsWith('openrouter.ai') ? { reasoning: { effort } } : { reasoning_effort: effort };
}

/** Where no field limits reasoning, the budget is only room in the reply. */
function budgetOf(host: string, model: string, tokens: number): Record<string, unknown> {
  if (host.endsWith('openrouter.ai')) return { reasoning: { max_tokens: tokens } };
  if (host === 'generativelanguage.googleapis.com')
    return { extra_body: { google: { thinking_config: { thinking_budget: tokens } } } };
  return host.includes('dashscope') && /qwen/i.test(model)
    ? { enable_thinking: true, thinking_budget: tokens }
    : {};
}
