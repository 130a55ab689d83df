/** The prompts of the built-in commands, in the user's language. */

import { l10n } from 'vscode';
import type { Attachment } from '../../chat/common/conversation.ts';

/** `kinds`: of the attachments. */
export function explainText(kinds: ReadonlySet<Attachment['kind']>): string {
  if (kinds.has('problems'))
    return l10n.t(
      'Explain the reported problems in this code. Say for each in one or two sentences what it means here and what causes it, then how to remove the cause, with the few changed lines. Leave out what the message itself says already.',
    );
  if (kinds.has('terminal'))
    return l10n.t(
      'Explain what went wrong in this terminal. Begin with the cause in one or two sentences, naming the line of the output that shows it. Then say how to solve it, the most likely way first, with the commands or changes for it. If nothing went wrong, say so, and what the output means.',
    );
  return kinds.size > 0
    ? l10n.t(
        'Explain this code. Begin with one or two sentences on what it is for. Then go through how it works, in the order in which it runs, naming the functions and variables concerned. End with what is easily overlooked: side effects, edge cases, assumptions about its input. Leave out what every programmer sees at once.',
      )
    : l10n.t(
        'Explain this. Begin with the answer in one or two sentences; then the details that matter, with a small example where it helps.',
      );
}

export interface FixFacts {
  hasCode: boolean;
  hasProblems: boolean;
  /** Whether the user described the problem. */
  isDescribed: boolean;
}

export function fixText({ hasCode, hasProblems, isDescribed }: FixFacts): string {
  if (!hasCode) {
    return l10n.t(
      'Find the cause of the problem below, and say it in one or two sentences. Then give the smallest change that removes it, as one code block. If something must be known first, say what.',
    );
  }
  const change = l10n.t(
    'Say first what causes it, in one or two sentences for each problem. Then give the smallest change that removes the cause, as one code block that can take the place of the attached code. Change nothing else, and do not silence a problem whose cause can be removed.',
  );
  if (hasProblems) return `${l10n.t('Fix the reported problems.')} ${change}`;
  const none = l10n.t('No problems are reported for this code.');
  if (isDescribed) return `${none} ${l10n.t('Fix what is described below.')} ${change}`;
  const look = l10n.t(
    'Look for bugs: wrong results, crashes, cases that are not handled. Say for each with which input it shows. If you find none, say so and change nothing.',
  );
  return `${none} ${look} ${change}`;
}

export function testsText(framework: string | undefined, examples: readonly string[]): string {
  const parts = [
    l10n.t(
      'Write unit tests for this code. Cover the usual case, the edge cases and the errors; one behaviour for each test, named after it. Test only what a caller can observe.',
    ),
    framework && l10n.t('The test framework is {0}.', framework),
    examples.length > 0
      ? l10n.t(
          'Follow the attached tests of this project ({0}) in framework, layout, naming and helpers.',
          examples.join(', '),
        )
      : framework === undefined &&
        l10n.t('Take the test framework most usual for this language, and name it.'),
    l10n.t(
      'Answer with one code block that holds a whole test file, then say in one or two sentences what is left untested, and why.',
    ),
  ];
  return parts.filter(Boolean).join(' ');
}

export function docText(): string {
  return l10n.t(
    'Write documentation comments for this code, in the form usual for its language. Say what callers need to know: purpose, parameters, result, errors, units, side effects. Do not repeat names and types, and do not change the code. Answer with one code block that holds the code with its comments and can take the place of the attached code.',
  );
}

export function refactorText(): string {
  return l10n.t(
    'Refactor this code without changing what it does. First list briefly what makes it hard to read or to change, the most important first. Then give the result as one code block that can take the place of the attached code. Keep public names and signatures; where changing them would help, only say so.',
  );
}

export function simplifyText(): string {
  return l10n.t(
    'Simplify this code without changing what it does: less code, less nesting, fewer special cases, the standard library in place of own code. Answer with one code block that can take the place of the attached code, then say in a line each what was removed and why nothing is lost. If it is simple already, say so.',
  );
}

export function reviewText(isChanges: boolean): string {
  const wanted = l10n.t(
    'Report only what matters: wrong results, crashes, security, data loss, races, unhandled errors, missing tests; after that, what is hard to understand. For each finding give its severity, file and line, what goes wrong with which input, and how to fix it. The most severe first. No praise, and nothing on formatting. If there is nothing severe, say so.',
  );
  const task = isChanges
    ? l10n.t('Review these changes; what they leave as it was matters only where they break it.')
    : l10n.t('Review this code.');
  return `${task} ${wanted}`;
}

export function commitText(hasSubjects: boolean): string {
  const style = hasSubjects
    ? l10n.t(
        'Follow the style of the recent commits that are attached: language, prefix, case and length of their subjects.',
      )
    : l10n.t('Begin the subject with a verb in the imperative.');
  return [
    l10n.t('Write the commit message for these changes.'),
    style,
    l10n.t(
      'One subject line of 72 characters at most; a body only where the subject does not tell the reason, wrapped at 72 characters. Describe only what the changes show. Answer with the message alone, in one code block.',
    ),
  ].join(' ');
}

export function translateText(hasCode: boolean): string {
  const direction = l10n.t(
    'Translate it into the language named below; if none is named, from Chinese into English, and from any other language into Chinese.',
  );
  const rules = hasCode
    ? l10n.t(
        'Translate comments, documentation and texts that people read; keep code, names, placeholders, markup and layout as they are. Answer with the translation alone, in one code block that can take the place of what is attached.',
      )
    : l10n.t('Keep placeholders, markup and layout as they are. Answer with the translation alone.');
  return `${direction} ${rules}`;
}
