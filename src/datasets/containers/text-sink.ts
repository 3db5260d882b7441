import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** A text file that is written in large chunks with backpressure. */
export interface TextSink {
  write(text: string): void | Promise<void>;
  close(): Promise<void>;
}

const pieceCharacters = 1 << 18;

export function openTextSink(file: string): TextSink {
  const stream = createWriteStream(file, { flags: 'wx' });
  // an error is kept until the next await, since a stream may fail between two writes
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure = error;
  });
  let piece = '';
  const flush = async (): Promise<void> => {
    if (failure !== null) throw failure;
    const text = piece;
    piece = '';
    if (text !== '' && !stream.write(text))
      await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
    if (failure !== null) throw failure;
  };
  return {
    write(text) {
      piece += text;
      return piece.length >= pieceCharacters ? flush() : undefined;
    },
    async close() {
      await flush();
      stream.end();
      await once(stream, 'close');
      if (failure !== null) throw failure;
    },
  };
}
