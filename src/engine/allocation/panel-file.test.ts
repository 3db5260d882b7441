import { expect, it } from 'vitest';
import type { LabelledPanel } from './labelled-panel.ts';
import { recallPanel, recordPanel } from './panel-file.ts';
import { openPanel } from './panel-model.ts';

const panel: LabelledPanel = {
  items: 40,
  raters: new Map([
    ['judge', { model: openPanel.unknownRater, trust: -0.5, trustIn: new Map([['math', 2]]) }],
  ]),
};

it('comes back from its file as it was, and is null where the file has none', () => {
  const stored = JSON.parse(JSON.stringify({ panel: recordPanel(panel) }));
  expect(recallPanel(stored, 'model.json')).toEqual(panel);
  expect(recallPanel({}, 'model.json')).toBeNull();
  expect(recallPanel({ panel: null }, 'model.json')).toBeNull();
});

it.each([
  ['a trust that is no number', { trust: null }],
  ['a variance of 0', { reads: { ...openPanel.unknownRater, noise: 0 } }],
  ['no reading at all', { reads: undefined }],
])('refuses %s', (_name, wrong) => {
  const { raters, items } = recordPanel(panel);
  const damaged = { panel: { items, raters: [{ ...raters[0]!, ...wrong }] } };
  expect(() => recallPanel(damaged, 'model.json')).toThrow(/model\.json.*damaged/);
});
