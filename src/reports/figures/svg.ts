/** A piece of SVG or HTML that is already escaped. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | readonly Markup[] | null | undefined;

/** Tagged template: texts are escaped, markup goes in as it is, numbers are rounded to a hundredth. */
export function svg(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: parts.reduce((text, part, index) => text + textOf(values[index - 1]) + part) };
}

function textOf(value: Value): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  if (typeof value === 'string') return escapeMarkup(value);
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}

/** Safe inside elements and quoted attributes. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export const nothing: Markup = { markup: '' };
