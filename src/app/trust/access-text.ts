import { oneLine } from '../../reports/text/text-table.ts';
import type { Access } from './access.ts';

/** One access as a line for a person. */
export function accessText({ kind, what, to, address, by }: Access): string {
  const text = oneLine(what);
  const place = address === undefined || address === 'public' ? '' : ` (${address})`;
  switch (kind) {
    case 'key':
      return `send the key in ${text} to ${to}${place}: ${by}`;
    case 'variable':
      return `send the value of ${text} to ${to}${place}: ${by}`;
    case 'host':
      return `send data to ${text}${place}: ${by}`;
    case 'command':
      return `run ${text}: ${by}`;
    case 'write':
      return `write outside the project ${text}: ${by}`;
    case 'read':
      return `read outside the project ${text}: ${by}`;
  }
}
