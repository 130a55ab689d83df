/** What of an answer's shell code may reach a terminal: single lines of visible characters, and nothing else. */

import { stripHidden } from '../../base/common/hiddenText.ts';

const shellLanguages: ReadonlySet<string> = new Set(
  'sh bash shell zsh fish ksh console terminal shellsession shell-session sh-session powershell pwsh ps1 ps cmd bat batch dos'.split(
    ' ',
  ),
);

/** Whether code of this fence is meant for a terminal. */
export function isShellLanguage(language: string): boolean {
  return shellLanguages.has(language.toLowerCase());
}

/**
 * The commands of the code, each one line without prompt, comment lines left out. Lines that end in a backslash are
 * joined with the next, which is what a POSIX shell makes of them. None of the commands holds a control character,
 * so that none can end itself: a terminal runs nothing until somebody presses Enter.
 */
export function commandsOf(code: string, language: string): string[] {
  const posix = !/^(?:powershell|pwsh|ps1|ps|cmd|bat|batch|dos)$/i.test(language);
  const lines = (posix ? joinContinued(code) : code).split(/[\n\r\u0085\u2028\u2029]+/);
  const prompted = lines.filter((line) => prompt.test(line));
  // A record of a session: what has no prompt is what the commands printed.
  const commands = prompted.length > 0 ? prompted.map((line) => line.replace(prompt, '')) : lines;
  return commands.map(toPlainLine).filter((line) => line !== '' && !isComment(line, language));
}

/**
 * The text as one line: tabs and line breaks become spaces, all other hidden characters go, and with them every escape
 * sequence loses what makes it one.
 */
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
