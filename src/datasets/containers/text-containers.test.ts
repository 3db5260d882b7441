import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { platformWarnings } from '../../../test/support/platform-warnings.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { openTextSink } from './text-containers.ts';

describe('openTextSink', () => {
  it('writes many large chunks without leaving listeners behind', async () => {
    const file = join(tempFolder(), 'out.txt');
    const chunk = 'x'.repeat(1 << 18);
    const warnings = await platformWarnings(async () => {
      const sink = openTextSink(file);
      for (let count = 0; count < 24; count += 1) await sink.write(chunk);
      await sink.close();
    });
    expect(warnings).toEqual([]);
    expect((await stat(file)).size).toBe(24 * chunk.length);
  });
});
