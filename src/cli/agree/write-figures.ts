import { join, resolve } from 'node:path';
import type { AgreementReport } from '../../analysis/agreement/agreement-report.ts';
import { writeText } from '../../files/write-lines.ts';
import { agreementPage } from '../../reports/agreement-page.ts';
import { agreementFigures } from '../../reports/figures/agreement-figures.ts';
import { svgFile } from '../../reports/figures/figure.ts';

/** Writes the page and the figures that were asked for. @returns the files. */
export async function writeFigures(
  report: AgreementReport,
  { html, svg }: { readonly html?: string; readonly svg?: string },
  cwd: string,
): Promise<string[]> {
  const files: string[] = [];
  if (html !== undefined) {
    await writeText(resolve(cwd, html), [agreementPage(report)]);
    files.push(html);
  }
  if (svg !== undefined) {
    for (const figure of agreementFigures(report)) {
      const file = join(svg, `${figure.name}.svg`);
      await writeText(resolve(cwd, file), [svgFile(figure)]);
      files.push(file);
    }
  }
  return files;
}
