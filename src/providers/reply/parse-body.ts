import { joinEvents } from './join-events.ts';
import { isObject } from './json-shape.ts';

/**
 * The JSON of a reply's body. Also read: a byte order mark, numbers that JSON has no word for (`NaN`, `-Infinity`), JSON
 * within a JSON text, server-sent events and JSON lines. Anything else is returned as the text it is.
 */
export function parseBody(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? parsedAgain(value) : value;
  } catch {
    return parseLoosely(text.replace(/^\uFEFF/, '').trim()) ?? text;
  }
}

/** Encoded twice: the JSON is the content of a JSON text. */
function parsedAgain(text: string): unknown {
  if (!/^\s*\{/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function parseLoosely(text: string): unknown {
  if (/^(?:data|event|id|retry)?:/.test(text)) return fromEvents(text);
  const whole = parseLine(text);
  if (whole !== undefined) return whole;
  return text.startsWith('{') ? fromLines(text.split('\n')) : undefined;
}

/** A JSON text in which numbers may be NaN or infinite. */
function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // below
  }
  if (!/NaN|Infinity/.test(text)) return undefined;
  try {
    // A string is taken as a whole, also where its end is missing, so that the search is linear.
    return JSON.parse(
      text.replace(/"(?:[^"\\]|\\[\s\S])*"?|[+-]?\bInfinity\b|\bNaN\b/g, (found) =>
        found.startsWith('"') ? found : JSON.stringify(found),
      ),
    );
  } catch {
    return undefined;
  }
}

/** Undefined where an event is broken: the stream was cut off. */
function fromEvents(text: string): unknown {
  const events: unknown[] = [];
  const rest: string[] = [];
  let data: string[] = [];
  for (const line of [...text.split(/\r\n|\r|\n/), '']) {
    if (line.startsWith('data:')) data.push(line.slice(5));
    else if (line !== '' && !/^(?:event|id|retry)?:/.test(line)) rest.push(line);
    if (line !== '' || data.length === 0) continue;
    const event = data.join('\n').trim();
    const whole = parseLine(event);
    // some servers leave out the empty line between events
    for (const value of whole === undefined ? data.map(parseEvent) : [whole]) {
      if (value === undefined) return undefined;
      if (value !== null) events.push(value);
    }
    data = [];
  }
  // a reply behind comments that kept the connection open
  return events.length > 0 ? joinEvents(events) : parseLine(rest.join('\n'));
}

/** Null for the mark of the end. */
function parseEvent(data: string): unknown {
  const text = data.trim();
  return text === '' || text === '[DONE]' ? null : parseLine(text);
}

function fromLines(lines: readonly string[]): unknown {
  const values = lines.filter((line) => line.trim() !== '').map(parseLine);
  return values.length > 1 && values.every(isObject) ? joinEvents(values) : undefined;
}
