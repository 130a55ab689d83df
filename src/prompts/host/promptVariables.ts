/** Parses the variables of a prompt: `${selection}`, `${file}`, `${language}`, `${input:…}`; `$${` is an escaped `${`. */

export type PromptPart =
  | { kind: 'text'; text: string }
  | { kind: 'selection' | 'file' | 'language' }
  /** `choices`: empty for a free text. */
  | { kind: 'input'; label: string; preset: string; choices: readonly string[] };

/** `start`, `end`: offsets in the parsed text. */
export interface VariableProblem {
  kind: 'unknown-variable' | 'open-variable' | 'empty-input';
  what: string;
  start: number;
  end: number;
}

/** Parts in their order; an invalid variable stays as text. */
export function parseVariables(text: string): { parts: PromptPart[]; problems: VariableProblem[] } {
  const parts: PromptPart[] = [];
  const problems: VariableProblem[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\$\{|\$\{([^{}\r\n]*)(\}?)/g)) {
    const [whole, inside = '', close] = match;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    end = match.index + whole.length;
    const place = { what: inside.trim(), start: match.index, end };
    const variable = whole === '$${' ? undefined : parseVariable(inside);
    if (whole === '$${') parts.push({ kind: 'text', text: '${' });
    else if (close === '') problems.push({ kind: 'open-variable', ...place });
    else if (typeof variable === 'string') problems.push({ kind: variable, ...place });
    else if (variable) parts.push(variable);
    if (problems.at(-1)?.end === end) parts.push({ kind: 'text', text: whole });
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return { parts, problems };
}

function parseVariable(inside: string): PromptPart | VariableProblem['kind'] {
  const name = inside.trim();
  if (name === 'selection' || name === 'file' || name === 'language') return { kind: name };
  if (!name.startsWith('input:')) return 'unknown-variable';
  const argument = name.slice('input:'.length);
  const [label = '', ...choices] = argument.split('|').map((choice) => choice.trim());
  if (choices.length > 0) return label === '' ? 'empty-input' : { kind: 'input', label, preset: '', choices };
  const colon = argument.indexOf(':');
  const asked = (colon === -1 ? argument : argument.slice(0, colon)).trim();
  const preset = colon === -1 ? '' : argument.slice(colon + 1).trim();
  return asked === '' ? 'empty-input' : { kind: 'input', label: asked, preset, choices: [] };
}
