import { join } from 'node:path';
import type { AgreementReport } from '../../analysis/agreement/agreement-report.ts';
import { writeText } from '../../files/write-lines.ts';
import { agreementPage } from '../../reports/agreement-page.ts';
import { agreementFigures } from '../../reports/figures/agreement-figures.ts';
import { svgFile } from '../../reports/figures/figure.ts';

export interface FigureTargets {
  /** One self-contained page with all figures. */
  readonly html?: string | undefined;
  /** Folder for one SVG file a figure. */
  readonly svg?: string | undefined;
}

/** @returns the files that were written, in order */
export async function writeAgreementFigures(
  report: AgreementReport,
  { html, svg }: FigureTargets,
): Promise<string[]> {
  const files: string[] = [];
  const write = async (file: string, text: string) => {
    await writeText(file, [text]);
    files.push(file);
  };
  if (html !== undefined) await write(html, agreementPage(report));
  if (svg !== undefined) {
    for (const figure of agreementFigures(report))
      await write(join(svg, `${figure.name}.svg`), svgFile(figure));
  }
  return files;
}
