/**
 * A text from a file as one line of a log: nothing in it steers a terminal, or starts a workflow command of its own
 * (GitHub reads `##[` anywhere, and `::` at the start of a line).
 */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd').replaceAll('##[', '## [');
}
