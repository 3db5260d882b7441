import type { DatasetManifest } from '../../datasets/manifest.ts';

/** The quality checks that did not pass and the rows that were left out. */
export function manifestLines({ quality, refused }: DatasetManifest): string[] {
  return [
    ...quality
      .filter(({ status }) => status !== 'pass')
      .map(({ level, check, status, message }) => `${level} ${check}: ${status}: ${message}`),
    ...Object.entries(refused).map(([reason, count]) => `left out: ${count} ${reason}`),
  ];
}
