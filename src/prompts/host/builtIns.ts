/** Creates the built-in commands that ask the model: their attachments and their prompts. */

import { l10n } from 'vscode';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import type { CommandContext } from './commandContext.ts';
import {
  commitText,
  docText,
  explainText,
  fixText,
  refactorText,
  reviewText,
  simplifyText,
  testsText,
  translateText,
} from './promptTexts.ts';
import type { AskingCommand } from './slashCommand.ts';
import { isTestName } from './testNames.ts';

export interface BuiltIn extends AskingCommand {
  /** In the user's language; names the attachments. */
  description: string;
}

/** In the order in which they are offered. */
export function createBuiltIns(context: CommandContext): readonly BuiltIn[] {
  return [
    command('explain', {
      description: l10n.t('Explain: attaches the selection, else the file'),
      attachments: () => context.code(),
      text: ({ attachments }) => explainText(new Set(attachments.map(({ kind }) => kind))),
    }),
    command('fix', {
      description: l10n.t(
        'Find the cause and fix it: attaches the selection, else the file, and its problems',
      ),
      attachments: async () => {
        const code = await context.code();
        return listOf(...code, ...(await Promise.all(code.map((one) => context.problems(one)))));
      },
      text: ({ attachments, rest }) =>
        fixText({
          hasCode: attachments.length > 0,
          hasProblems: attachments.some(({ kind }) => kind === 'problems'),
          isDescribed: rest !== '',
        }),
    }),
    command('tests', {
      description: l10n.t(
        'Write tests: attaches the selection, else the file, and up to two tests of the project',
      ),
      attachments: async () => {
        const code = await context.code();
        const [first] = code;
        return first ? [...code, ...(await context.testFiles(first))] : [];
      },
      text: async ({ attachments }) => {
        const examples = attachments
          .map(({ path }) => path)
          .filter((path) => isTestName(path.split('/').at(-1) ?? ''));
        const code = attachments.find(({ uri, path }) => uri !== '' && !examples.includes(path));
        return testsText(code && (await context.testFramework(code)), examples);
      },
    }),
    command('doc', {
      description: l10n.t('Write documentation comments: attaches the selection, else the file'),
      attachments: () => context.code(),
      text: docText,
    }),
    command('refactor', {
      description: l10n.t('Improve the structure, not the behaviour: attaches the selection, else the file'),
      attachments: () => context.code(),
      text: refactorText,
    }),
    command('review', {
      description: l10n.t('Review: attaches the selection, else the Git changes, else the file'),
      attachments: () => reviewed(context),
      text: ({ attachments }) => reviewText(attachments.some(({ kind }) => kind === 'changes')),
    }),
    command('commit', {
      description: l10n.t(
        'Write a commit message: attaches the staged changes, else all, and the last commits’ subjects',
      ),
      attachments: () => committed(context),
      needs: l10n.t('There are no changes to describe. Attach some, or describe them behind the command.'),
      text: ({ attachments }) => commitText(attachments.filter(({ kind }) => kind === 'changes').length > 1),
    }),
    command('translate', {
      description: l10n.t(
        'Translate between Chinese and English, or into the language you name: attaches the selection, else the file',
      ),
      attachments: () => context.code(),
      text: ({ attachments }) => translateText(attachments.length > 0),
    }),
    command('simplify', {
      description: l10n.t('Make it simpler: attaches the selection, else the file'),
      attachments: () => context.code(),
      text: simplifyText,
    }),
  ];
}

interface Asked {
  rest: string;
  attachments: readonly Attachment[];
}

interface Recipe extends Pick<BuiltIn, 'description' | 'attachments'> {
  /** The error message when there are neither attachments nor a text. */
  needs?: string;
  text(asked: Asked): string | Promise<string>;
}

function command(name: string, { description, attachments, needs, text }: Recipe): BuiltIn {
  const prompt = async (rest: string, attached: readonly Attachment[]): Promise<string> => {
    if (attached.length === 0 && rest === '')
      throw new UserError(
        needs ?? l10n.t('Open a file or select some code first, or say behind the command what you mean.'),
      );
    return [await text({ rest, attachments: attached }), rest].filter(Boolean).join('\n\n');
  };
  return { kind: 'ask', name, description, attachments, prompt, preview: prompt };
}

/** Without the missing ones. */
export function listOf(...attachments: (Attachment | undefined)[]): Attachment[] {
  return attachments.filter((attachment) => attachment !== undefined);
}

/** The selection, else the changes; without changes or a repository, the file of the editor. */
async function reviewed(context: CommandContext): Promise<readonly Attachment[]> {
  const selection = await context.selection();
  if (selection.length > 0) return selection;
  const changes = await changesOf(context).catch((error: unknown) => {
    if (error instanceof UserError) return [];
    throw error;
  });
  return changes.length > 0 ? changes : context.code();
}

async function changesOf(context: CommandContext): Promise<Attachment[]> {
  return listOf(await context.changes('staged'), await context.changes('unstaged'));
}

async function committed(context: CommandContext): Promise<readonly Attachment[]> {
  const changes = (await context.changes('staged')) ?? (await context.changes('unstaged'));
  if (!changes) throw new UserError(l10n.t('There is nothing to commit: Git knows of no changes.'));
  return listOf(changes, await context.commitSubjects());
}
