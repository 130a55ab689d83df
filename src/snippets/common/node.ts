/** What all Node.js programs have in common. */

import type { ProgramHeader } from '../../providers/common/programRequest.ts';
import { quote } from './literals.ts';

/** An object literal; `indent`: of the line it begins on. */
export function nodeHeaders(headers: readonly ProgramHeader[], indent = ''): string {
  const members = headers.map(({ name, value, variable }) => {
    const code = variable ? `process.env.${variable}` : quote(value, 'json');
    return `${indent}  ${quote(name, 'json')}: ${code},\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}
