import { closest } from './closest.ts';
import { shippedIds } from './shipped-files.ts';

/** Says that no shipped file has this id, and which ones there are. */
export async function unknownNamed(
  name: string,
  kind: 'rubrics' | 'constitutions',
): Promise<{ readonly message: string; readonly hint: string }> {
  const ids = await shippedIds(kind);
  const near = closest(name, ids);
  const what = kind === 'rubrics' ? 'rubric' : 'constitution';
  return {
    message: `no shipped ${what} is called "${name}"`,
    hint: `${near === undefined ? '' : `did you mean "${near}"? `}shipped: ${ids.join(', ')}; for a file of your own write its path (./${name}.yaml)`,
  };
}
