// A plugin for the command line: quorate run job.yaml --plugin examples/library/plugin.mjs
import { defineProvider } from 'quorate/providers';
import { defineRater, defineRule } from 'quorate/raters';

export const providers = [
  defineProvider({ name: 'echo', complete: async () => '{"reason":"it comes first","verdict":"A"}' }),
];
export const raters = [
  defineRater({ id: 'brevity', compare: (a, b) => (a.length < b.length ? 'first' : 'second') }),
];
export const rules = [
  defineRule({
    id: 'no-emoji',
    test: (response) => !/\p{Emoji_Presentation}/u.test(response) || 'it has an emoji',
  }),
];
export const formats = [
  {
    name: 'tsv-ready',
    readBy: 'my loader',
    row: (example) =>
      example.kind === 'preference'
        ? { chosen: example.chosen, rejected: example.rejected }
        : `no_${example.kind}`,
  },
];
