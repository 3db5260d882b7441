/** A fenced code block. */
export interface CodeBlock {
  /** As written behind the fence, lower case; empty when nothing is. */
  readonly language: string;
  readonly code: string;
  /** Offsets of the code without its fences. */
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
}

/** One line; how far it stands to the right does not matter, since fences stand in lists. */
const fenceLine = /^[ \t]{0,16}(`{3,}|~{3,})([^\n]*)$/gm;

/** Fenced code (CommonMark): a closing fence is at least as long as the opening one, of its kind, and alone. */
export function codeBlocksOf(text: string): readonly CodeBlock[] {
  if (!text.includes('```') && !text.includes('~~~')) return [];
  const blocks: CodeBlock[] = [];
  let open: { readonly fence: string; readonly language: string; readonly start: number } | null = null;
  const close = (end: number, closed: boolean) => {
    const { language, start } = open!;
    blocks.push({ language, code: text.slice(start, end), start, end, closed });
    open = null;
  };
  for (const match of text.matchAll(fenceLine)) {
    const [line, fence = '', behind = ''] = match;
    const info = behind.trim();
    // "```x```" is code within a line
    if (fence.startsWith('`') && info.includes('`')) continue;
    if (open === null) {
      const start = Math.min(match.index + line.length + 1, text.length);
      open = { fence, language: languageOf(info), start };
    } else if (info === '' && fence.startsWith(open.fence)) close(match.index, true);
  }
  if (open !== null) close(text.length, false);
  return blocks;
}

/** The first word of what stands behind a fence; `{.python}` and `js{1,3}` are written too. */
function languageOf(info: string): string {
  return /^\{?\.?([^\s{}]{0,40})/.exec(info)![1]!.toLowerCase();
}
