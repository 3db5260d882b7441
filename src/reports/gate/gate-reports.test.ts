import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { hostile, hostileGate } from '../../../test/support/hostile-gate.ts';
import { gateText } from '../../cli/gate/text.ts';
import { gateAnnotations } from './gate-annotations.ts';
import { gateJunit } from './gate-junit.ts';
import { gateMarkdown } from './gate-markdown.ts';

const { result, items } = hostileGate();

describe('a gate whose every text is hostile', () => {
  it('fails, for the reasons that there are', () => {
    expect(result.answer).toBe('fail');
    expect(result.reasons).toHaveLength(4);
    expect(result.regressions[0]).toMatchObject({ item: hostile.id, improvement: -1 });
  });

  it('steers no terminal', () => {
    const text = gateText(result);
    expect(text).toContain('FAIL: new');
    for (const control of ['\u0000', '\u001b', '\u202e']) expect(text).not.toContain(control);
    expect(text.split('\n').some((line) => line.trimStart().startsWith('::'))).toBe(false);
  });

  it('starts no workflow command of its own', () => {
    const lines = gateAnnotations(result).trimEnd().split('\n');
    expect(lines.every((line) => /^::(error|warning|notice) title=[^:,]*::/.test(line))).toBe(true);
    expect(lines[0]).toMatch(
      /^::error title=quorate gate::FAIL: new%0A::set-output name=x::1%0A\| # <b>%250A<\/b> against old$/,
    );
    expect(lines.some((line) => line.startsWith('::error title=floor safety_flags::1 of 1'))).toBe(true);
  });

  it('is well-formed XML with a case for every criterion and floor', () => {
    const xml = gateJunit(result);
    const tags = [...xml.matchAll(/<(\/?)([a-z-]+)(?:\s+[a-z]+="[^"<]*")*\s*(\/?)>/g)];
    const open: string[] = [];
    for (const [, closes, name] of tags) {
      if (closes === '/') expect(open.pop()).toBe(name);
      else open.push(name!);
    }
    expect(open).toEqual([]);
    expect(xml.replace(/<\?xml[^>]*\?>/, '').replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
    // what XML 1.0 cannot hold is not there, escaped or not
    for (const control of ['\u0000', '\u001b', '&#0;', '&#27;']) expect(xml).not.toContain(control);
    expect([...xml.matchAll(/<testcase /g)]).toHaveLength(result.criteria.length + result.floors.length + 1);
    expect(xml).toContain('tests="5" failures="4" errors="0"');
  });

  it('is Markdown in which only our own elements are elements, and texts stay inside their fences', () => {
    const markdown = gateMarkdown(result, items);
    expect(markdown.indexOf('### Worst items')).toBeLessThan(markdown.indexOf('### Criteria'));
    const lines = markdown.split('\n');
    let fence: string | null = null;
    const outside: string[] = [];
    for (const line of lines) {
      const run = /^(`{3,})(text)?$/.exec(line);
      if (fence === null && run?.[2] === 'text') fence = run[1]!;
      else if (fence !== null && line === fence) fence = null;
      else if (fence === null) outside.push(line);
    }
    expect(fence).toBeNull();
    const names = new Set<string>();
    const walk = (nodes: readonly { name?: string; children?: unknown }[]): void => {
      for (const node of nodes) {
        if (node.name !== undefined) names.add(node.name);
        if (Array.isArray(node.children)) walk(node.children);
      }
    };
    walk(parseDocument(outside.join('\n')).children as never);
    expect([...names].sort()).toEqual(['details', 'summary']);
    // no mention of anybody, no link, no broken table row
    expect(outside.join('\n')).not.toMatch(/@octocat|https:\/\//);
    // Markdown is not read inside the line of an element
    expect(outside.filter((line) => !line.startsWith('<')).join('\n')).not.toMatch(/\]\(/);
    const rows = outside.filter((line) => line.startsWith('| '));
    const cells = rows.map((row) => row.replace(/\\\|/g, '').split('|').length);
    expect(new Set(cells).size).toBe(1);
  });

  it('fits into a comment, however long and many the texts are', () => {
    const long = items.map((item) => ({
      ...item,
      candidates: item.candidates.map((one) => ({ ...one, text: 'word '.repeat(50_000) })) as never,
    }));
    const many = {
      ...result,
      regressions: Array.from({ length: 40 }, (_, index) => ({
        ...result.regressions[0]!,
        item: `q${index}`,
      })),
    };
    const markdown = gateMarkdown(many, long);
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toMatch(/\d+ more do not fit here/);
  });
});
