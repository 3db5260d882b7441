import type { Access } from '../../app/trust/access.ts';
import { accessText } from '../../app/trust/require-trust.ts';

/** What a project does beyond its own folder, a line each; what needs consent is marked. */
export function accessLines(access: readonly Access[]): string[] {
  return access.map((one) => `would ${accessText(one)}${one.needsTrust ? ' [needs consent]' : ''}`);
}
