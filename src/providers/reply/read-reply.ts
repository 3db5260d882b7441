import { ProviderError } from '../../domain/provider-error.ts';
import type { ChatReply } from '../../ports/chat-model.ts';
import { type Asked, badReply, errorInReply, failedGeneration } from '../to-provider-error.ts';
import { readEnding, shownFinish } from './finish-reason.ts';
import { joinEvents } from './join-events.ts';
import { asText, isJsonObject, isObject, type JsonObject, nameOf } from './json-shape.ts';
import { readLogprobs } from './read-logprobs.ts';
import { answerElsewhere, type MessageText, readMessage } from './read-message.ts';
import { readUsage } from './read-usage.ts';
import { type Envelope, envelopeOf, isFiltered } from './reply-shapes.ts';

/**
 * What a server answered, whatever its shape.
 * @param body parsed, or a text where it was no JSON
 * @param id of the request, from the headers
 * @throws ProviderError where it is no reply or says that the generation failed
 */
export function readReply(body: unknown, asked: Asked, id: string | null = null): ChatReply {
  try {
    return replyOf(Array.isArray(body) ? joinEvents(body) : body, asked, id);
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    throw badReply(`a reply that cannot be read: ${String(error)}`, asked);
  }
}

function replyOf(body: unknown, asked: Asked, id: string | null): ChatReply {
  if (typeof body === 'string') throw badReply(`not JSON: ${body.slice(0, 200)}`, asked);
  if (!isObject(body)) throw badReply('an empty reply', asked);
  if (isError(body.error)) throw errorInReply(body, asked);
  const envelope = envelopeOf(body);
  if (envelope === null) throw noReply(body, asked);
  if (isError(envelope.error)) throw errorInReply(envelope, asked);
  const found = readMessage(envelope.message);
  const ending = readEnding(envelope.finish);
  if (ending === 'failed') throw failedGeneration(`finish reason ${shownFinish(envelope.finish)}`, asked);
  const usage = readUsage(body);
  const requestId = id ?? nameOf(body.id) ?? nameOf(body.request_id);
  return {
    ...answerOf(found, ending, envelope, asked),
    modelAnswered: nameOf(body.model) ?? nameOf(body.modelVersion) ?? null,
    usage,
    ...(requestId === undefined ? {} : { requestId }),
  };
}

type AnswerPart = Pick<ChatReply, 'text' | 'finish' | 'finishGiven' | 'place' | 'elsewhere' | 'logprobs'>;

function answerOf(
  found: MessageText,
  ending: ChatReply['finish'],
  envelope: Envelope,
  asked: Asked,
): AnswerPart {
  if (found.refusal !== null) return { text: found.text || found.refusal, finish: 'refusal' };
  if (found.text.trim() !== '') {
    const logprobs = readLogprobs(envelope.logprobs);
    // A whole JSON object shows its own end where a server says nothing of it.
    const whole = ending === 'other' && isUnsaid(envelope.finish) && isJsonObject(found.text);
    return {
      text: found.text,
      ...(whole ? { finish: 'stop' } : finishOf(ending, envelope)),
      ...(logprobs === undefined ? {} : { logprobs }),
    };
  }
  if (ending === 'stop') {
    const answer = answerElsewhere(found);
    if (answer !== null) return { text: answer.text, finish: ending, place: answer.place };
  }
  const elsewhere = [...found.tools, ...found.thinking, ...found.unknown];
  const more = elsewhere.length === 0 ? {} : { elsewhere };
  const saysNothing = elsewhere.length === 0 && (ending === 'stop' || ending === 'other');
  if (saysNothing && isFiltered(envelope.filters)) return { text: '', finish: 'content_filter' };
  if (saysNothing && envelope.message === undefined) {
    throw badReply('a reply without a message', asked);
  }
  return { text: '', ...finishOf(ending, envelope), ...more };
}

function finishOf(
  finish: ChatReply['finish'],
  { finish: said }: Envelope,
): Pick<ChatReply, 'finish' | 'finishGiven'> {
  const given = finish === 'other' ? shownFinish(said) : null;
  return given === null ? { finish } : { finish, finishGiven: given };
}

function isUnsaid(finish: unknown): boolean {
  return finish === undefined || finish === null || finish === '';
}

/** Some servers send an empty error beside a good reply. */
function isError(error: unknown): boolean {
  if (isObject(error)) return Object.values(error).some((value) => value !== null && value !== '');
  return error !== undefined && error !== null && error !== false && error !== '';
}

/** An error under another name, or nothing that is known. */
function noReply(body: JsonObject, asked: Asked): ProviderError {
  const isAnError = body.object === 'error' || body.type === 'error';
  const words = [body.message, body.detail, body.errors, body.msg].some((each) => each !== undefined);
  if (isAnError || words) return errorInReply(body, asked);
  return badReply(`no choices in ${asText(body).slice(0, 200)}`, asked);
}
