import type { Price } from '../domain/job.ts';

/** What a model in this process costs. */
export const free: Price = { inputPerMtok: 0, outputPerMtok: 0 };

/** The price that the built-in table (@pydantic/genai-prices, offline) has for a model; null where it has none. */
export async function tablePrice(model: string, where: Where): Promise<Price | null> {
  const { calcPrice } = await import('@pydantic/genai-prices');
  const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, where);
  if (found === null) return null;
  const { model_price: table } = found;
  const base = stepAt(table, 0);
  if (base === null) return null;
  const starts = [table.input_mtok, table.output_mtok, table.cache_read_mtok, table.cache_write_mtok]
    .flatMap((price) => (typeof price === 'object' ? price.tiers : []))
    .map(({ start }) => start);
  const tiers = [...new Set(starts)]
    .sort((a, b) => a - b)
    .map((aboveInputTokens) => ({ aboveInputTokens, ...stepAt(table, aboveInputTokens)! }));
  return tiers.length === 0 ? base : { ...base, tiers };
}

type Where = { readonly providerId: string } | { readonly providerApiUrl: string };

interface Stepped {
  readonly base: number;
  readonly tiers: readonly { readonly start: number; readonly price: number }[];
}
type TablePrice = number | Stepped | undefined;
interface PriceTable {
  readonly input_mtok?: TablePrice;
  readonly output_mtok?: TablePrice;
  readonly cache_read_mtok?: TablePrice;
  readonly cache_write_mtok?: TablePrice;
}

/** The prices of prompts longer than this; null where the table has none. */
function stepAt(table: PriceTable, above: number): Omit<Price, 'tiers'> | null {
  const at = (price: TablePrice) =>
    typeof price === 'object'
      ? (price.tiers.findLast(({ start }) => above >= start)?.price ?? price.base)
      : price;
  const [input, output] = [at(table.input_mtok), at(table.output_mtok)];
  if (input === undefined || output === undefined) return null;
  const [cachedInput, cacheWrite] = [at(table.cache_read_mtok), at(table.cache_write_mtok)];
  return {
    inputPerMtok: input,
    outputPerMtok: output,
    ...(cachedInput === undefined ? {} : { cachedInputPerMtok: cachedInput }),
    ...(cacheWrite === undefined ? {} : { cacheWritePerMtok: cacheWrite }),
  };
}
