import { type SensitiveClass, sensitiveClasses } from '../../src/domain/sensitive.ts';
import { findSensitive } from '../../src/privacy/find-sensitive.ts';
import { readLabelledSet } from './labelled-set.ts';

/** Spans of one class: how many are labelled, how many were found, and how many of these are labelled exactly so. */
export interface ClassCounts {
  labelled: number;
  found: number;
  right: number;
}

/** Holds the recognisers against the labelled set; `region` reads national numbers by the string's own country. */
export function measureRecognisers(region: boolean): ReadonlyMap<SensitiveClass, ClassCounts> {
  const counts = new Map<SensitiveClass, ClassCounts>(
    sensitiveClasses.map((name) => [name, { labelled: 0, found: 0, right: 0 }]),
  );
  for (const { locale, text, spans } of readLabelledSet()) {
    for (const span of spans) counts.get(span.class)!.labelled += 1;
    for (const span of findSensitive(text, region ? { region: locale.slice(3) } : {})) {
      const entry = counts.get(span.class)!;
      entry.found += 1;
      const same = spans.some(
        (other) => other.class === span.class && other.start === span.start && other.end === span.end,
      );
      if (same) entry.right += 1;
    }
  }
  return counts;
}

/** The table of bench/privacy.md. */
export function privacyTable(): string {
  const [without, withRegion] = [measureRecognisers(false), measureRecognisers(true)];
  const share = (part: number, whole: number) => (whole === 0 ? 'none' : (part / whole).toFixed(3));
  const rows = sensitiveClasses.map((name) => {
    const [a, b] = [without.get(name)!, withRegion.get(name)!];
    const cells = [a, b].flatMap(({ labelled, found, right }) => [
      share(right, labelled),
      share(right, found),
    ]);
    return `| ${name} | ${a.labelled} | ${cells.join(' | ')} |`;
  });
  return [
    '| class | labelled | recall | precision | recall, country known | precision, country known |',
    '|---|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}
