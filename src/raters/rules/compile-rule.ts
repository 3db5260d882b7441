import type { Rule } from '../../domain/rule.ts';
import { compileAnswer } from './check-answer.ts';
import { compileCitations } from './check-citations.ts';
import { compileLexicon } from './check-lexicon.ts';
import { compileMarkdown } from './check-markdown.ts';
import { compileMentions } from './check-mentions.ts';
import { compilePromptLeak } from './check-prompt-leak.ts';
import { compileEvasion, compileRefusal } from './check-refusal.ts';
import { compileRepetition } from './check-repetition.ts';
import { compileTruncation } from './check-truncation.ts';
import type { Check } from './finding.ts';

/** Compiles a rule; loads only the dependencies of its check. */
export async function compileRule(rule: Rule): Promise<Check> {
  switch (rule.check) {
    case 'regex':
      return (await import('./check-regex.ts')).compileRegex(rule);
    case 'length':
      return (await import('./check-length.ts')).compileLength(rule);
    case 'json':
      return (await import('./check-json.ts')).compileJson(rule);
    case 'code':
      return (await import('./check-code.ts')).compileCode(rule);
    case 'language':
      return (await import('./check-language.ts')).compileLanguage(rule);
    case 'leak':
      return (await import('./check-leak.ts')).compileLeak(rule);
    case 'instructions':
      return (await import('./check-instructions.ts')).compileInstructions();
    case 'command':
      return (await import('./check-command.ts')).compileCommand(rule);
    case 'mentions':
      return compileMentions(rule);
    case 'citations':
      return compileCitations(rule);
    case 'markdown':
      return compileMarkdown(rule);
    case 'refusal':
      return compileRefusal(rule);
    case 'evasion':
      return compileEvasion();
    case 'lexicon':
      return compileLexicon(rule);
    case 'answer':
      return compileAnswer(rule);
    case 'repetition':
      return compileRepetition(rule);
    case 'truncation':
      return compileTruncation();
    case 'prompt-leak':
      return compilePromptLeak(rule);
  }
}
