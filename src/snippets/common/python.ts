/** What all Python programs have in common. */

import type { ProgramHeader } from '../../providers/common/programRequest.ts';
import { quote } from './literals.ts';

/** Named arguments of a call, one a line; the values are code. */
export function pythonArguments(
  named: readonly (readonly [name: string, code: string])[],
  indent = '',
): string {
  return `\n${named.map(([name, code]) => `${indent}    ${name}=${code},\n`).join('')}${indent}`;
}

export function pythonEnvironment(variable: string): string {
  return `os.environ[${quote(variable, 'python')}]`;
}

/** A dictionary; `indent`: of the line it begins on. */
export function pythonHeaders(headers: readonly ProgramHeader[], indent = ''): string {
  const members = headers.map(({ name, value, variable }) => {
    const code = variable ? pythonEnvironment(variable) : quote(value, 'python');
    return `${indent}    ${quote(name, 'python')}: ${code},\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}
