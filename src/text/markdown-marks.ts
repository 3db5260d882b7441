const marks = /^(?:#{1,6} |[-*+] |\d+\. |```)|\*\*/gmu;

/** Number of Markdown marks in a text: headings, list markers, fences, bold. A style confounder of quality. */
export function markdownMarks(text: string): number {
  return text.match(marks)?.length ?? 0;
}
