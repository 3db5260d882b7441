import { figureStyle } from './theme.ts';

/** One figure: a file name, a caption for the page, and the drawing. */
export interface Figure {
  readonly name: string;
  readonly title: string;
  /** What is shown and how to read it, for the page and as the drawing's description. */
  readonly caption: string;
  readonly width: number;
  readonly height: number;
  readonly body: Markup;
}

/** A complete SVG document; also valid inside a page. */
export function drawingOf({ title, caption, width, height, body }: Figure): Markup {
  return svg`<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}"><title>${title}</title><desc>${caption}</desc><style>${{ markup: figureStyle }}</style>${body}</svg>`;
}

/** A standalone file: the drawing on a white background. */
export function svgFile(figure: Figure): string {
  const paper = `<rect width="100%" height="100%" fill="#ffffff"/>`;
  return `${drawingOf({ ...figure, body: svg`${{ markup: paper }}${figure.body}` }).markup}\n`;
}

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
