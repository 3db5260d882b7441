/**
 * Foreign text on one line of a terminal or a CI log: control characters become U+FFFD, and no GitHub workflow command
 * starts (GitHub reads `##[` anywhere in a line).
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD').replaceAll('##[', '## [');
}
