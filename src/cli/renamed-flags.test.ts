import { afterEach, beforeEach, expect, it } from 'vitest';
import { Workspace } from '../../test/support/workspace.ts';

let place: Workspace;
beforeEach(() => {
  place = new Workspace();
});
afterEach(() => place.remove());

it.each([
  [['gate', '--candidate', 'a.jsonl', '--job', 'gate.yaml'], /quorate gate no longer has --job: use --gate/],
  [['gate', '--write-result=r.json'], /use --report/],
  [['export', '--out', 'x', '--report', 'r.json'], /use --reconciliation/],
  [['triggers', '--fire'], /use --ack/],
  [['feedback', 'stats', '--k', '3'], /use --min-group-size/],
  [['facts', 'check', 'items.jsonl', '--no-own'], /use --no-item-evidence/],
  [['train', 'other.yaml'], /use --loop other\.yaml/],
])('%j ends in a usage error that names the current spelling', async (argv, message) => {
  const { code, out, err } = await place.quorate(argv);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
});
