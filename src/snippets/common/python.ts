/** Python code shared by all Python snippets. */

import type { SnippetHeader } from '../../providers/common/snippetRequest.ts';
import { quote } from './literals.ts';

/** Named arguments of a call, one per line; the values are code. */
export function pythonArguments(
  named: readonly (readonly [name: string, code: string])[],
  indent = '',
): string {
  return `\n${named.map(([name, code]) => `${indent}    ${name}=${code},\n`).join('')}${indent}`;
}

export function pythonEnvironment(variable: string): string {
  return `os.environ[${quote(variable, 'python')}]`;
}

/** A dictionary; `indent` is that of its first line. */
export function pythonHeaders(headers: readonly SnippetHeader[], indent = ''): string {
  const members = headers.map(({ name, value, variable }) => {
    const code = variable ? pythonEnvironment(variable) : quote(value, 'python');
    return `${indent}    ${quote(name, 'python')}: ${code},\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}
