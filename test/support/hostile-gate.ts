import type { GateResult } from '../../src/domain/gate.ts';
import { defaultGateSettings } from '../../src/domain/gate-settings.ts';
import { evaluateGate } from '../../src/gate/evaluation/evaluate-gate.ts';
import { GateTable } from '../../src/gate/evaluation/gate-table.ts';
import type { PairedItem } from '../../src/gate/evaluation/paired-item.ts';
import { bothOrders } from './gate-parts.ts';

/** Everything that a responses file may hold against a page, a comment, a log and an XML reader. */
export const hostile = {
  id: '<img src=x onerror="document.title=1">|q@octocat](https://evil.example)\u202e',
  text: '```\n</details><script>document.title=1</script>\n````\n::error::taken over\n]]><!-- \u0000\u001b[31m &amp; ~~~',
  model: 'new\n::set-output name=x::1\n| # <b>%0A</b>',
  rule: 'no-<script>',
} as const;

/** A failed gate whose ids, texts, models and reasons are all hostile. */
export function hostileGate(): { readonly result: GateResult; readonly items: readonly PairedItem[] } {
  const items = Array.from(
    { length: 40 },
    (_, index): PairedItem => ({
      id: index === 0 ? hostile.id : `q${index}`,
      prompt: index === 0 ? [{ role: 'user', content: hostile.text }] : `Question ${index}`,
      category: hostile.id,
      candidates: [
        { id: 'candidate', text: index === 0 ? hostile.text : 'new', model: hostile.model },
        { id: 'baseline', text: index === 0 ? hostile.text : 'old', model: 'old' },
      ],
    }),
  );
  const settings = {
    ...defaultGateSettings,
    criteria: [
      {
        id: 'wins',
        metric: 'win_rate',
        criterion: null,
        scale: null,
        rules: null,
        test: 'superiority',
        margin: 0,
        required: true,
        priority: 1,
        slices: [
          {
            by: 'category',
            is: null,
            test: 'non_inferiority',
            margin: 0.05,
            minItems: 5,
            required: true,
            priority: 1,
          },
        ],
      },
    ],
  } as const;
  const table = new GateTable(items, settings);
  for (const vote of bothOrders(40, 'judge', (index) => (index % 9 === 8 ? 'candidate' : 'baseline')))
    table.add(vote.item === 'q0' ? { ...vote, item: hostile.id } : vote);
  for (const side of ['candidate', 'baseline'])
    table.add({
      item: hostile.id,
      rater: 'rules',
      rater_kind: 'rule',
      kind: 'pointwise',
      candidate: side,
      criterion: hostile.rule,
      outcome: 'verdict',
      score: side === 'candidate' ? 0 : 1,
      scale: [0, 1],
      reason: hostile.text,
      veto: side === 'candidate',
    });
  const result = evaluateGate(
    { items, table, settings, look: 'fixed' },
    {
      candidate: { model: hostile.model, source: 'new.jsonl', responses_hash: 'a'.repeat(64) },
      baseline: { model: 'old', source: 'old.jsonl', responses_hash: 'b'.repeat(64) },
      onlyCandidate: [hostile.id],
      onlyBaseline: [],
      notJudged: 0,
      refused: null,
      sequential: null,
      rubrics: [{ id: hostile.rule, version: '1', hash: 'c'.repeat(64) }],
      costUsd: null,
      warnings: [hostile.text],
    },
  );
  return { result, items };
}
