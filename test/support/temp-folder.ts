import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/**
 * A new temporary folder with these files in it; its path. It is removed after the test, when it is made in a test or in
 * `beforeEach`, else after the tests of the file or the `describe` that makes it. Not for `beforeAll`.
 */
export function tempFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  removeLater(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function removeLater(remove: () => void): void {
  try {
    onTestFinished(remove);
  } catch {
    // no test is running
    afterAll(remove);
  }
}
