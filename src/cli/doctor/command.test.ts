import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeProvider, startFakeProvider } from '../../../test/support/fake-provider.ts';
import { smallRubric } from '../../../test/support/load-job.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { quorate } from '../../../test/support/workspace.ts';

const key = 'sk-test-0123456789abcdef';
let fake: FakeProvider;
beforeEach(async () => {
  fake = await startFakeProvider({ keys: [key], models: ['good-model'] });
});
afterEach(() => fake.close());

async function doctor(panel: string, env: Record<string, string>, ...flags: string[]) {
  const cwd = tempFolder({
    'job.yaml': `items: items.jsonl\nrubric: r.yaml\npanel:\n${panel}`,
    'r.yaml': smallRubric,
    'items.jsonl': '',
  });
  const ran = await quorate(['doctor', join(cwd, 'job.yaml'), ...flags], { cwd, env });
  expect(ran.out + ran.err).not.toContain(key);
  return ran;
}

function judge(id: string, model: string, keyEnv: string): string {
  return `  - {id: ${id}, provider: openai, model: ${model}, base_url: "${fake.openAiUrl}", key_env: ${keyEnv}}\n`;
}

describe('quorate doctor', () => {
  it('makes one call to each judge and reports that all are available', async () => {
    const panel = `${judge('one', 'good-model', 'KEY')}  - {id: two, provider: heuristic}\n`;
    const { code, out, err } = await doctor(panel, { KEY: key });
    expect(err).toContain('All judges are available.');
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(2);
    expect(out).toMatch(/ok {5}one {2}good-model answered in .* price is not known/);
    expect(fake.ledger.counts.calls).toBe(1);
  });

  it('names all missing keys at once', async () => {
    const panel = judge('one', 'good-model', 'KEY_A') + judge('two', 'good-model', 'KEY_B');
    const { code, out } = await doctor(panel, {});
    expect(code).toBe(4);
    expect(out).toMatch(/FAILED one .*KEY_A is not set/);
    expect(out).toMatch(/FAILED two .*KEY_B is not set/);
  });

  it('distinguishes a refused key from a model that does not exist', async () => {
    const panel = judge('one', 'good-model', 'WRONG') + judge('two', 'no-model', 'KEY');
    const { code, out } = await doctor(panel, { WRONG: 'sk-wrong-1234567', KEY: key }, '--trust');
    expect(code).toBe(4);
    expect(out).toMatch(/FAILED one .*auth.*check WRONG/);
    expect(out).toMatch(/FAILED two .*`no-model` does not exist/);
    expect((await doctor(judge('two', 'no-model', 'KEY'), { KEY: key })).code).toBe(5);
  });

  it('accepts absent optional judges, and reports as JSON', async () => {
    const optional = judge('one', 'good-model', 'NONE').replace('}', ', when: available}');
    const { code, out } = await doctor(optional, {}, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      judges: [{ judge: 'one', ok: false, optional: true, kind: 'auth' }],
    });
  });
});
