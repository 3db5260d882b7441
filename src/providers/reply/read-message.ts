import { asText, isJsonObject, isObject, type JsonObject } from './json-shape.ts';

/** A text and the field of the message that held it. */
export interface Placed {
  readonly place: string;
  readonly text: string;
}

/** What a message says. */
export interface MessageText {
  /** The answer as the message gives it: a text, or the text parts of a list. */
  readonly text: string;
  readonly refusal: string | null;
  /** Tool arguments, which are an answer where the content is none. */
  readonly tools: readonly Placed[];
  readonly thinking: readonly Placed[];
  /** Parts that are not understood; never an answer. */
  readonly unknown: readonly Placed[];
}

const textTypes: ReadonlySet<unknown> = new Set([undefined, null, '', 'text', 'output_text', 'message']);
const thinkingType = /think|thought|reason|redacted/i;
const reasoningFields = ['reasoning_content', 'reasoning', 'thinking', 'reasoning_details', 'thought'];
const toolFields = ['tool_calls', 'function_call', 'tool_call', 'function_calls'];

/** Collects the texts of a message in any of the shapes that servers send. */
export function readMessage(message: unknown): MessageText {
  if (typeof message === 'string')
    return { text: message, refusal: null, tools: [], thinking: [], unknown: [] };
  if (!isObject(message)) return { text: '', refusal: null, tools: [], thinking: [], unknown: [] };
  const { content } = message;
  const found = new Found();
  if (typeof content === 'string') found.text = content;
  else found.addContent(content, 'content');
  if (message.refusal) found.refuse(message.refusal);
  if (found.text.trim() === '') {
    for (const field of toolFields) found.addTools(message[field], field);
    for (const field of reasoningFields) found.addThinking(message[field], field);
    if (isObject(message.parsed)) found.tools.push({ place: 'parsed', text: asText(message.parsed) });
  }
  return found.isDamaged ? withoutAnswer(found) : found;
}

/** A list with a part that should be a text and is none is not whole: what its other parts say may not be the answer. */
function withoutAnswer({ text, refusal, tools, thinking, unknown }: MessageText): MessageText {
  const read = text.trim() === '' ? [] : [{ place: 'content', text }];
  return {
    text: '',
    refusal,
    tools: [],
    thinking: [],
    unknown: [...read, ...tools, ...thinking, ...unknown],
  };
}

/**
 * The answer of a message whose content is empty: a JSON object that stands in exactly one place. Prose elsewhere may be
 * unfinished thinking and is never an answer.
 */
export function answerElsewhere({ tools, thinking }: MessageText): Placed | null {
  const objects = [...tools, ...thinking].filter(({ text }) => isJsonObject(text));
  const texts = new Set(objects.map(({ text }) => text.trim()));
  return texts.size === 1 ? objects[0]! : null;
}

function isThinking({ type, thought, thinking }: JsonObject): boolean {
  if (typeof type === 'string' && thinkingType.test(type)) return true;
  return [thought, thinking].some((mark) => mark !== undefined && mark !== null && mark !== false);
}

/** A text, or the text of an annotated value. */
function isTextual(text: unknown): boolean {
  return typeof (isObject(text) ? text.value : text) === 'string' || typeof text === 'number';
}

/** An object of plain values is an answer; one that holds further objects may be anything. */
function isParsedAnswer(content: JsonObject): boolean {
  if (isThinking(content) || ['text', 'type', 'value', 'content'].some((name) => name in content))
    return false;
  return Object.values(content).every((value) => isPlain(value));
}

function isPlain(value: unknown, depth = 0): boolean {
  if (Array.isArray(value)) return depth < 3 && value.every((each) => isPlain(each, depth + 1));
  return typeof value !== 'object' || value === null;
}

class Found implements MessageText {
  text = '';
  refusal: string | null = null;
  readonly tools: Placed[] = [];
  readonly thinking: Placed[] = [];
  readonly unknown: Placed[] = [];
  isDamaged = false;

  addContent(content: unknown, place: string): void {
    if (content === undefined || content === null) return;
    if (Array.isArray(content)) {
      for (const part of content) this.#addPart(part, place);
    } else if (isObject(content)) {
      if (Array.isArray(content.parts)) this.addContent(content.parts, place);
      // a server that has parsed the answer already
      else if (isParsedAnswer(content)) this.text += asText(content);
      else this.#addPart(content, place);
    } else {
      this.text += asText(content);
    }
  }

  #addPart(part: unknown, place: string): void {
    if (typeof part === 'string') this.text += part;
    else if (!isObject(part)) this.isDamaged = true;
    if (!isObject(part)) return;
    const { type } = part;
    if (isThinking(part)) {
      this.addThinking(part, `${place} (${typeof type === 'string' ? type.slice(0, 40) : 'thought'})`);
    } else if (type === 'refusal') {
      this.refuse(part.refusal ?? part.text);
    } else if (type === 'tool_use') {
      // A forced tool's input is the structured answer.
      this.text += asText(part.input ?? '');
    } else if (isObject(part.toolUse) || isObject(part.functionCall) || type === 'function_call') {
      this.addTools(part.toolUse ?? part.functionCall ?? part, place);
    } else if (textTypes.has(type) && isTextual(part.text)) {
      this.text += isObject(part.text) ? asText(part.text.value) : asText(part.text);
    } else {
      if (textTypes.has(type)) this.isDamaged = true;
      this.unknown.push({ place: `${place} (${asText(type ?? 'part').slice(0, 40)})`, text: asText(part) });
    }
  }

  addTools(given: unknown, place: string): void {
    for (const call of Array.isArray(given) ? given : [given]) {
      if (!isObject(call)) continue;
      const tool = isObject(call.function) ? call.function : call;
      const input = tool.arguments ?? tool.args ?? tool.input ?? tool.parameters;
      if (input !== undefined && input !== null) this.tools.push({ place, text: asText(input) });
    }
  }

  addThinking(given: unknown, place: string): void {
    const text = textOf(given) || (isObject(given) ? asText(given) : '');
    if (text.trim() !== '' && !this.thinking.some((other) => other.text === text)) {
      this.thinking.push({ place, text });
    }
  }

  refuse(words: unknown): void {
    this.refusal = (this.refusal ?? '') + (words === true ? '' : textOf(words));
  }
}

const textFields = ['text', 'thinking', 'reasoning', 'content', 'value', 'summary', 'data'] as const;
const deepest = 8;

/** The text of a part, wherever the part holds it. */
function textOf(given: unknown, depth = 0): string {
  if (given === undefined || given === null || depth > deepest) return '';
  if (Array.isArray(given)) return given.map((each) => textOf(each, depth + 1)).join('');
  if (!isObject(given)) return asText(given);
  const field = textFields.find((name) => given[name] !== undefined && given[name] !== null);
  if (field !== undefined) return textOf(given[field], depth + 1);
  return 'type' in given || 'text' in given ? '' : asText(given);
}
