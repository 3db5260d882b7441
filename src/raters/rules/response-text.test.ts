import { describe, expect, it } from 'vitest';
import { ResponseText } from './response-text.ts';
import { hashWord } from './words.ts';

describe('ResponseText', () => {
  it('has a lower case with the offsets of the text, for every character', () => {
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      const { lower } = new ResponseText(`a${character}B`);
      if (lower.length !== character.length + 2)
        expect.unreachable(`${code.toString(16)} changes its length`);
    }
  });

  it('cuts words, and hashes them as hashWord does', () => {
    const response = new ResponseText("Don't stop-now, 吾輩は猫 𝐁𝐨𝐥𝐝 \ud800x é-");
    const { starts, ends, hashes, count } = response.words;
    const words = Array.from({ length: count }, (_unused, at) => response.text.slice(starts[at], ends[at]));
    expect(words).toEqual(["Don't", 'stop-now', '吾輩', 'は', '猫', '𝐁𝐨𝐥𝐝', 'x', 'é']);
    expect(hashes).toEqual(words.map((word) => hashWord(word.toLowerCase())));
  });

  it('blanks code out of its prose, and keeps every offset', () => {
    const text = 'a `b` c\n```js\nlet d;\n```\n``e f`` g';
    const { prose } = new ResponseText(text);
    expect(prose).toHaveLength(text.length);
    expect(prose.replace(/\s+/g, ' ').trim()).toBe('a c ```js ``` g');
    expect(prose.indexOf('c')).toBe(text.indexOf('c'));
  });
});
