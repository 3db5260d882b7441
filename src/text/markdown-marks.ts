const marks = /^(?:#{1,6} |[-*+] |\d+\. |```)|\*\*/gmu;

/** Headings, list markers, fences and bold: what makes an answer look worked out, whatever it says. */
export function markdownMarks(text: string): number {
  return text.match(marks)?.length ?? 0;
}
