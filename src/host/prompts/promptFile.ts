/** Reads a prompt of the library: YAML front matter, then the text. Pure; says what is wrong, and where. */

import { isNode, parseDocument } from 'yaml';
import * as z from 'zod';
import type { ModelParameters } from '../../core/chatModel.ts';
import { modelParametersSchema } from '../../core/chatModelSchema.ts';
import { parameterNames } from '../../core/parameters.ts';
import { type PromptPart, parseVariables, type VariableProblem } from './promptVariables.ts';

export const contextKinds = ['selection', 'file', 'problems', 'changes', 'open-editors'] as const;

export type ContextKind = (typeof contextKinds)[number];

export interface PromptFile {
  name: string;
  description: string;
  model?: string;
  parameters?: ModelParameters;
  context: readonly ContextKind[];
  parts: readonly PromptPart[];
}

export interface PromptProblem {
  kind:
    | VariableProblem['kind']
    | 'yaml'
    | 'unknown-key'
    | 'unknown-value'
    | 'wrong-type'
    | 'bad-name'
    | 'open-front-matter'
    | 'empty-text';
  /** The variable, key, value or name; for `yaml` the parser's words. */
  what: string;
  /** What stands to choose, where a value is none of it. */
  known?: readonly string[];
  /** Offsets in the file's text. */
  start: number;
  end: number;
}

/** `file` is missing where there is a problem. `fileName`: gives the name when the front matter does not. */
export function parsePromptFile(
  text: string,
  fileName: string,
): { file?: PromptFile; problems: readonly PromptProblem[] } {
  const marks = /^\uFEFF?---[ \t]*\r?\n/.exec(text);
  const start = marks?.[0].length ?? 0;
  const close = marks && /^---[ \t]*(?:\r?\n|$)/m.exec(text.slice(start));
  if (marks && !close)
    return { problems: [{ kind: 'open-front-matter', what: '', start: 0, end: marks[0].length }] };
  const source = close ? text.slice(start, start + close.index) : '';
  const bodyStart = close ? start + close.index + close[0].length : 0;
  const { data, problems } = parseFrontMatter(source, start);
  const body = text.slice(bodyStart);
  const { parts, problems: unknown } = parseVariables(body.trim());
  const shift = bodyStart + body.length - body.trimStart().length;
  problems.push(...unknown.map((one) => ({ ...one, start: one.start + shift, end: one.end + shift })));
  if (body.trim() === '') problems.push({ kind: 'empty-text', what: '', start: bodyStart, end: text.length });
  const name = data?.name ?? fileName.replace(/\.md$/i, '');
  if (!isPromptName(name)) problems.push({ kind: 'bad-name', what: name, start: 0, end: start });
  if (problems.length > 0 || !data) return { problems };
  const { model, parameters, context = [], description = '' } = data;
  return { problems, file: { name, description: tame(description), model, parameters, context, parts } };
}

/** Letters of any script, digits, `-` and `_`; 60 at most. */
export function isPromptName(name: string): boolean {
  return /^[\p{L}\p{M}\p{N}_-]{1,60}$/u.test(name);
}

/** A text of a file on one line, without what turns or hides writing. */
export function tame(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .slice(0, 200);
}

const frontMatterSchema = z.strictObject({
  name: z.string().optional(),
  description: z.string().optional(),
  model: z
    .string()
    .regex(/^[^\s\p{Cc}\p{Cf}]{1,200}$/u)
    .optional(),
  parameters: modelParametersSchema
    .refine((value) => Object.keys(value).every((key) => parameterNames.some((name) => name === key)))
    .optional(),
  context: z.array(z.enum(contextKinds)).optional(),
});

type FrontMatter = z.infer<typeof frontMatterSchema>;

function parseFrontMatter(source: string, shift: number): { data?: FrontMatter; problems: PromptProblem[] } {
  const document = parseDocument(source, { schema: 'core', prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos: [start, end] }) => ({
      kind: 'yaml' as const,
      what: message,
      start: start + shift,
      end: Math.max(end, start + 1) + shift,
    }));
    return { problems };
  }
  let value: unknown;
  try {
    // No aliases: a few lines of them grow beyond every memory.
    value = document.toJS({ maxAliasCount: 0 }) ?? {};
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { problems: [{ kind: 'yaml', what, start: shift, end: shift + source.length }] };
  }
  const { data, error } = frontMatterSchema.safeParse(value);
  if (data) return { data, problems: [] };
  const rangeOf = (path: PropertyKey[]): readonly [number, number] => {
    const node: unknown = document.getIn(path, true);
    const range = isNode(node) ? node.range : undefined;
    return range ? [range[0], range[1]] : [0, source.length];
  };
  const problems = (error?.issues ?? []).flatMap((issue): PromptProblem[] => {
    if (issue.code !== 'unrecognized_keys') {
      const [start, end] = rangeOf(issue.path);
      const place = { start: start + shift, end: end + shift };
      if (issue.code !== 'invalid_value')
        return [{ kind: 'wrong-type', what: issue.path.join('.'), ...place }];
      return [
        { kind: 'unknown-value', what: source.slice(start, end), known: issue.values.map(String), ...place },
      ];
    }
    return issue.keys.map((key) => {
      const at = Math.max(0, source.indexOf(key));
      return { kind: 'unknown-key', what: key, start: at + shift, end: at + key.length + shift };
    });
  });
  return { problems };
}
