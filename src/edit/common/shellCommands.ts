/** Extracts shell commands from code so that a terminal gets only single lines of visible characters. */

import { stripHidden } from '../../base/common/hiddenText.ts';

const shellLanguages: ReadonlySet<string> = new Set(
  'sh bash shell zsh fish ksh console terminal shellsession shell-session sh-session powershell pwsh ps1 ps cmd bat batch dos'.split(
    ' ',
  ),
);

/** Whether a fence's language is a shell language. */
export function isShellLanguage(language: string): boolean {
  return shellLanguages.has(language.toLowerCase());
}

/**
 * The commands of the code, one line each, without prompts and comment lines. As in a POSIX shell, lines that end in a
 * backslash are joined with the next. No command contains a control character, so the terminal runs nothing until the
 * user presses Enter.
 */
export function commandsOf(code: string, language: string): string[] {
  const posix = !/^(?:powershell|pwsh|ps1|ps|cmd|bat|batch|dos)$/i.test(language);
  const lines = (posix ? joinContinued(code) : code).split(/[\n\r\u0085\u2028\u2029]+/);
  const prompted = lines.filter((line) => prompt.test(line));
  // In a recorded session, lines without a prompt are output.
  const commands = prompted.length > 0 ? prompted.map((line) => line.replace(prompt, '')) : lines;
  return commands.map(toPlainLine).filter((line) => line !== '' && !isComment(line, language));
}

/** The text on one line: tabs and line breaks become spaces, other hidden characters, such as ESC, are removed. */
export function toPlainLine(text: string): string {
  return stripHidden(text.replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')).trim();
}

/** `$ `, `% `, `> `, `PS C:\x> `, `C:\x> `, `user@host:~$ `. */
const prompt =
  /^\s*(?:(?:\([\w.-]+\) )?[\w.-]+@[\w.-]+(?::[^\s$#%]*)?[$%] |[$%❯>] |PS(?: [A-Za-z]:[^>\n]*)?> ?|[A-Za-z]:\\[^>\n]*> ?)/;

function joinContinued(code: string): string {
  return code.replaceAll(/(?<!\\)\\\r?\n[ \t]*(?:> )?/g, '');
}

function isComment(line: string, language: string): boolean {
  if (/^(?:cmd|bat|batch|dos)$/i.test(language)) return /^(?:rem\b|::)/i.test(line);
  return line.startsWith('#');
}
