import type { ModelSpec, Price } from '../domain/job.ts';

const free: Price = { inputPerMtok: 0, outputPerMtok: 0 };

/**
 * What a model costs: the user's own price, else the built-in table's (@pydantic/genai-prices, offline), else null,
 * which means unknown and never free. Models that run in this process cost nothing. Where a price rises with the
 * length of the prompt, the first step is given: it holds for the lengths that judges are asked with.
 */
export async function priceOf(
  spec: Pick<ModelSpec, 'provider' | 'model' | 'baseUrl' | 'price'>,
): Promise<Price | null> {
  if (spec.price !== null) return spec.price;
  switch (spec.provider) {
    case 'local':
    case 'recorded':
    case 'heuristic':
      return free;
    case 'openai':
    case 'anthropic':
      return tablePrice(spec.model, { providerId: spec.provider });
    case 'openai-compatible':
      // Only where the address is a provider's own: a model of the same name elsewhere has another price.
      return spec.baseUrl === undefined ? null : tablePrice(spec.model, { providerApiUrl: spec.baseUrl });
  }
}

async function tablePrice(model: string, where: Where): Promise<Price | null> {
  const { calcPrice } = await import('@pydantic/genai-prices');
  const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, where);
  if (found === null) return null;
  const { model_price: table } = found;
  const input = firstStep(table.input_mtok);
  const output = firstStep(table.output_mtok);
  if (input === undefined || output === undefined) return null;
  const cachedInput = firstStep(table.cache_read_mtok);
  const cacheWrite = firstStep(table.cache_write_mtok);
  return {
    inputPerMtok: input,
    outputPerMtok: output,
    ...(cachedInput === undefined ? {} : { cachedInputPerMtok: cachedInput }),
    ...(cacheWrite === undefined ? {} : { cacheWritePerMtok: cacheWrite }),
  };
}

type Where = { readonly providerId: string } | { readonly providerApiUrl: string };

function firstStep(price: number | { readonly base: number } | undefined): number | undefined {
  return typeof price === 'object' ? price.base : price;
}
