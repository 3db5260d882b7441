import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The site is made of the repository's own Markdown files, so a link works here and where the files are read. */
export default defineConfig({
  title: 'Quorate',
  description: 'Calibrated preference data from a panel of raters.',
  srcDir: '..',
  rewrites: { 'README.md': 'index.md' },
  srcExclude: [
    '{src,test,scripts,web,dist,rubrics,constitutions,schemas,coverage}/**',
    'examples/templates/**',
    '**/{out,.quorate,.cache,.ci}/**',
    'docs/.vitepress/**',
  ],
  outDir: './.vitepress/dist',
  cacheDir: './.vitepress/cache',
  cleanUrls: true,
  lastUpdated: false,
  markdown: { config: (md) => md.core.ruler.push('repository-links', checkLinks) },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guides', link: '/docs/guide/preference-data' },
      { text: 'Reference', link: '/docs/reference/cli' },
      { text: 'Glossary', link: '/docs/glossary' },
    ],
    sidebar: [
      section('Guides', 'docs/guide', ['preference-data', 'gate-in-ci', 'measuring-judges']),
      section('How to', 'docs/howto'),
      section('Reference', 'docs/reference', ['cli', 'job', 'rubric', 'constitution', 'gate', 'loop', 'feedback']),
      section('API', 'docs/api'),
      section('Explanation', 'docs/explanation', ['posterior', 'calibration', 'agreement', 'allocation']),
      section('Design', 'docs/design', ['index']),
      section('Decisions', 'docs/decisions', ['README']),
      section('Contributing', 'docs/contributing', ['index', 'tests']),
      section('Benchmarks', 'bench', ['README']),
      {
        text: 'Project',
        items: [
          ...['ARCHITECTURE', 'CONTRIBUTING', 'SECURITY', 'CHANGELOG'].map((name) => page(`${name}.md`)),
          page('docs/glossary.md'),
          page('docs/dependencies.md'),
        ],
      },
    ],
  },
});

/** The pages of a folder, the named ones first. */
function section(text: string, folder: string, first: readonly string[] = []) {
  const found = existsSync(join(root, folder))
    ? readdirSync(join(root, folder)).filter((file) => file.endsWith('.md'))
    : [];
  const place = (file: string) => {
    const at = first.indexOf(file.slice(0, -3));
    return at === -1 ? first.length : at;
  };
  const sorted = found.sort((a, b) => place(a) - place(b) || a.localeCompare(b));
  return { text, collapsed: text !== 'Guides', items: sorted.map((file) => page(`${folder}/${file}`)) };
}

/** A page under its own title. */
function page(file: string) {
  const text = readFileSync(join(root, file), 'utf8');
  const title = /^# (.*)$/m.exec(text)?.[1] ?? file;
  const link = `/${file.replace(/\.md$/, '').replace(/(^|\/)index$/, '$1')}`;
  return { text: title.replaceAll('`', ''), link };
}

interface Token {
  type: string;
  children?: Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

/**
 * A link to a file of the repository that is no page (source, YAML, a folder) must exist, or the build fails. On the
 * site it has nowhere to lead to, so only its text stays.
 */
function checkLinks({ env, tokens }: { env: { path?: string; realPath?: string }; tokens: Token[] }): void {
  const file = env.realPath ?? env.path ?? root;
  for (const token of tokens.flatMap((one) => one.children ?? [])) {
    const target = token.type === 'link_open' ? token.attrGet('href') : null;
    if (target === null || /^([a-z]+:|#|\/)/i.test(target)) continue;
    const [path = ''] = decodeURI(target).split('#');
    const full = join(dirname(file), path);
    if (path.endsWith('.md') || path.endsWith('.html')) continue;
    if (!existsSync(full)) throw new Error(`${relative(root, file)}: dead link to ${target}`);
    token.attrSet('href', '#');
  }
}
