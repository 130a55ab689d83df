/** Writes JSON values as formatted literals of Python, JavaScript or JSON. */

import type { Json } from '../../providers/common/snippetRequest.ts';
import { linesOf, quote } from './literals.ts';

type Syntax = 'json' | 'javascript' | 'python';

const words: Record<Syntax, { true: string; false: string; null: string }> = {
  json: { true: 'true', false: 'false', null: 'null' },
  javascript: { true: 'true', false: 'false', null: 'null' },
  python: { true: 'True', false: 'False', null: 'None' },
};

const steps: Record<Syntax, string> = { json: '  ', javascript: '  ', python: '    ' };
const width = 88;

/** `indent` is that of the line it begins on; the first line is not indented. */
export function writeValue(value: Json, syntax: Syntax, indent = ''): string {
  if (typeof value === 'string') return writeText(value, syntax, indent);
  if (value === null) return words[syntax].null;
  if (typeof value !== 'object')
    return typeof value === 'boolean' ? words[syntax][`${value}`] : String(value);
  const inner = indent + steps[syntax];
  const isList = Array.isArray(value);
  const members = isList
    ? value.map((item) => writeValue(item, syntax, inner))
    : Object.entries(value).map(
        ([name, item]) => `${writeName(name, syntax)}: ${writeValue(item, syntax, inner)}`,
      );
  const [open, close] = isList ? '[]' : '{}';
  if (members.length === 0) return `${open}${close}`;
  const gap = isList || syntax === 'python' ? '' : ' ';
  const line = `${open}${gap}${members.join(', ')}${gap}${close}`;
  const simple =
    members.length === 1 ||
    Object.values(value).every((item) => typeof item !== 'object' || Array.isArray(item));
  if (!line.includes('\n') && simple && indent.length + line.length <= width) return line;
  const last = syntax === 'json' ? '' : ',';
  return `${open}\n${members.map((member) => inner + member).join(',\n')}${last}\n${indent}${close}`;
}

/** Writes one literal per line of a text, if the language can join them. */
function writeText(text: string, syntax: Syntax, indent: string): string {
  const lines = linesOf(text);
  if (syntax === 'json' || lines.length === 1 || text.length < 60)
    return quote(text, syntax === 'python' ? 'python' : 'json');
  const inner = indent + steps[syntax];
  if (syntax === 'python')
    return `(\n${lines.map((line) => inner + quote(line, 'python')).join('\n')}\n${indent})`;
  const joined = text.split('\n').map((line) => `${inner}${quote(line, 'json')},\n`);
  return `[\n${joined.join('')}${indent}].join("\\n")`;
}

function writeName(name: string, syntax: Syntax): string {
  if (syntax === 'javascript' && /^[a-z_]\w*$/i.test(name)) return name;
  return quote(name, syntax === 'python' ? 'python' : 'json');
}
