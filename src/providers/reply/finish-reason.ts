import type { ChatReply } from '../../ports/chat-model.ts';

/** How a generation ended: as a reply knows it, or `failed` where the server gave up. */
export type Ending = ChatReply['finish'] | 'failed';

/**
 * The finish reasons of OpenAI, Azure, Anthropic, Gemini, Mistral, Cohere, Bedrock, DeepSeek, Zhipu, OpenRouter, vLLM,
 * SGLang, TGI, Ollama, llama.cpp and LM Studio, in lower case with `_` between words.
 */
const endings: Readonly<Record<Ending, string>> = {
  stop: 'stop end_turn end_of_turn stop_sequence stop_token stop_criteria_met eos eos_token eos_found end complete completed finish finished done word tool_calls tool_call tool_use tool function_call function_calls',
  length:
    'length max_tokens max_token max_length max_new_tokens max_output_tokens max_completion_tokens max_output_reached model_length model_context_window_exceeded context_length context_length_exceeded context_window_exceeded token_limit error_limit limit truncated cut_off incomplete num_predict',
  content_filter:
    'content_filter content_filtered filter filtered safety recitation language blocklist blocked prohibited_content spii image_safety image_prohibited_content image_recitation model_armor guardrail guardrails guardrail_intervened guardrail_violation error_toxic toxic sensitive moderation moderated content_policy content_policy_violation policy_violation data_inspection_failed',
  refusal: 'refusal refused declined',
  paused: 'pause pause_turn paused requires_action in_progress queued',
  failed:
    'error errored error_other failed failure abort aborted cancel cancelled canceled user_cancel load unload timeout timed_out network_error connection_error server_error internal_error internal_server_error insufficient_system_resource overloaded interrupted disconnected expired malformed_function_call malformed_response malformed_model_output malformed_tool_use unexpected_tool_call missing_thought_signature too_many_tool_calls other',
  other: '',
};

const endingOf: ReadonlyMap<string, Ending> = new Map(
  Object.entries(endings).flatMap(([ending, names]) =>
    names.split(' ').map((name): [string, Ending] => [name, ending as Ending]),
  ),
);

/**
 * What a server's finish reason means; spelling and prefixes of enums do not matter (`FinishReason.MAX_TOKENS`,
 * `content_filter: SAFETY`). An unknown one is `other`: a reply is taken for whole only where it is known to be.
 */
export function readEnding(given: unknown): Ending {
  if (typeof given !== 'string' || given.length > 200) return 'other';
  const known = endingOf.get(given);
  if (known !== undefined) return known;
  const name = given
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^(?:finish|done|stop)_reason_/, '')
    .replace(/^_+|_+$/g, '');
  const ending = endingOf.get(name);
  if (ending !== undefined && ending !== 'other') return ending;
  if (name.startsWith('content_filter_')) return 'content_filter';
  return name.startsWith('error_') ? 'failed' : 'other';
}

/** A server's finish reason as part of a vote's reason; null where it gave none. */
export function shownFinish(given: unknown): string | null {
  if (given === undefined || given === null || given === '') return null;
  const shown = typeof given === 'string' ? given : typeof given;
  return (
    shown
      .replace(/[^\w.:-]+/g, ' ')
      .trim()
      .slice(0, 40) || '?'
  );
}
