import type { Item } from '../../src/domain/item.ts';
import type { Finding } from '../../src/raters/rules/finding.ts';
import { ResponseText } from '../../src/raters/rules/response-text.ts';
import type { RuleCheck } from '../../src/raters/rules/rule-kinds.ts';
import { compileRule } from '../../src/raters/rules/rule-kinds.ts';

/** Runs one check on one response. */
export async function checkResponse(
  rule: RuleCheck,
  text: string,
  item: Partial<Item> = {},
): Promise<readonly Finding[]> {
  const check = await compileRule({ ...rule, id: 'r', severity: 'penalty' });
  const candidate = { id: 'a', text };
  return check({
    item: { id: 'i', prompt: null, candidates: [candidate], ...item },
    candidate,
    text: new ResponseText(text),
    signal: new AbortController().signal,
  });
}
