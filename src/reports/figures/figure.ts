import { type Markup, svg } from './svg.ts';
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
