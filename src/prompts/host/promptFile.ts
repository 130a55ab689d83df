/** Parses a prompt file: YAML front matter, then the text. Reports problems with their places. */

import { type Document, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import * as z from 'zod';
import {
  findHidden,
  type HiddenSummary,
  hasHidden,
  stripHidden,
  summarizeHidden,
} from '../../base/common/hiddenText.ts';
import type { ModelParameters } from '../../llm/chatModel.ts';
import { modelParametersSchema } from '../../llm/chatModelSchema.ts';
import { parameterNames } from '../../llm/parameters.ts';
import { type PromptPart, parseVariables, type VariableProblem } from './promptVariables.ts';

export const contextKinds = ['selection', 'file', 'problems', 'changes', 'open-editors'] as const;

export type ContextKind = (typeof contextKinds)[number];

export interface PromptFile {
  name: string;
  description: string;
  model?: string;
  parameters?: ModelParameters;
  context: readonly ContextKind[];
  /** Without the file's hidden characters. */
  parts: readonly PromptPart[];
  /** The characters removed from `parts`; `line` is the first line with some, counted from 1. */
  hidden?: HiddenSummary & { line: number };
}

export interface PromptProblem {
  kind:
    | VariableProblem['kind']
    | 'yaml'
    | 'not-plain'
    | 'unknown-key'
    | 'unknown-value'
    | 'wrong-type'
    | 'bad-name'
    | 'open-front-matter'
    | 'too-long'
    | 'empty-text';
  /** The variable, key, value or name; for `yaml` the parser's words; for `too-long` the characters allowed. */
  what: string;
  /** The allowed values, for `unknown-value`. */
  known?: readonly string[];
  /** Offsets in the file's text. */
  start: number;
  end: number;
}

/** Limits in UTF-16 units for a file and its front matter, which are parsed within a few milliseconds. */
export const longestPrompt = 100_000;
const longestFrontMatter = 10_000;
/** Limit for the reported problems of a file. */
const mostProblems = 50;

/** `file` is missing when there are problems. `fileName` is the name when the front matter has none. */
export function parsePromptFile(
  text: string,
  fileName: string,
): { file?: PromptFile; problems: readonly PromptProblem[] } {
  const refuse = (kind: 'too-long' | 'open-front-matter', end: number, what = '') => ({
    problems: [{ kind, what, start: 0, end }],
  });
  if (text.length > longestPrompt) return refuse('too-long', 1, String(longestPrompt));
  const marks = /^\uFEFF?---[ \t]*\r?\n/.exec(text);
  const start = marks?.[0].length ?? 0;
  const close = marks && /^---[ \t]*(?:\r?\n|$)/m.exec(text.slice(start));
  if (marks && !close) return refuse('open-front-matter', marks[0].length);
  const source = close ? text.slice(start, start + close.index) : '';
  if (source.length > longestFrontMatter) return refuse('too-long', start, String(longestFrontMatter));
  const bodyStart = close ? start + close.index + close[0].length : 0;
  const { data, problems } = parseFrontMatter(source, start);
  const body = text.slice(bodyStart);
  const { parts, problems: unknown } = parseVariables(body.trim());
  const shift = bodyStart + body.length - body.trimStart().length;
  for (const one of unknown) problems.push({ ...one, start: one.start + shift, end: one.end + shift });
  if (stripHidden(body).trim() === '')
    problems.push({ kind: 'empty-text', what: '', start: bodyStart, end: text.length });
  const name = data?.name ?? fileName.replace(/\.md$/i, '');
  if (!isPromptName(name)) problems.push({ kind: 'bad-name', what: name, start: 0, end: start });
  if (problems.length > 0 || !data) return { problems: problems.slice(0, mostProblems) };
  const { model, parameters, context = [], description = '' } = data;
  const hidden = hiddenIn(text, bodyStart);
  return {
    problems,
    file: {
      name,
      description: tame(description),
      model,
      parameters,
      context,
      ...(hidden ? { parts: parts.map(withoutHidden), hidden } : { parts }),
    },
  };
}

/** The hidden characters of the text after the front matter. */
function hiddenIn(text: string, bodyStart: number): PromptFile['hidden'] {
  const body = text.slice(bodyStart);
  const summary = summarizeHidden(body);
  const [first] = findHidden(body);
  if (!summary || !first) return undefined;
  return { ...summary, line: text.slice(0, bodyStart + first.start).split(/\r\n|\r|\n/).length };
}

function withoutHidden(part: PromptPart): PromptPart {
  if (part.kind === 'text') return { ...part, text: stripHidden(part.text) };
  if (part.kind !== 'input') return part;
  const { label, preset, choices } = part;
  return {
    ...part,
    label: stripHidden(label),
    preset: stripHidden(preset),
    choices: choices.map(stripHidden),
  };
}

/** Letters of any script, digits, `-` and `_`; at most 60. Excludes letters and marks that are hidden characters. */
export function isPromptName(name: string): boolean {
  return /^[\p{L}\p{M}\p{N}_-]{1,60}$/u.test(name) && !hasHidden(name);
}

/** Makes a text of a file harmless to show: one line of at most 200 characters, without hidden characters. */
export function tame(text: string): string {
  const line = stripHidden(text.replace(/[\p{Cc}\s]+/gu, ' ')).trim();
  // Cutting a surrogate pair leaves half of it.
  return stripHidden(line.slice(0, 200));
}

const frontMatterSchema = z.strictObject({
  name: z.string().optional(),
  description: z.string().optional(),
  model: z
    .string()
    .regex(/^\S{1,200}$/u)
    .refine((model) => !hasHidden(model))
    .optional(),
  parameters: modelParametersSchema
    .refine((value) => Object.keys(value).every((key) => parameterNames.some((name) => name === key)))
    .optional(),
  context: z.array(z.enum(contextKinds)).optional(),
});

type FrontMatter = z.infer<typeof frontMatterSchema>;

function parseFrontMatter(source: string, shift: number): { data?: FrontMatter; problems: PromptProblem[] } {
  const refuse = (kind: 'yaml' | 'not-plain', what = ''): { problems: PromptProblem[] } => ({
    problems: [{ kind, what, start: shift, end: shift + source.length }],
  });
  try {
    const document = parseDocument(source, {
      schema: 'core',
      prettyErrors: false,
      uniqueKeys: true,
      logLevel: 'error',
    });
    if (document.errors.length > 0) {
      const problems = document.errors.slice(0, mostProblems).map(({ message, pos: [start, end] }) => ({
        kind: 'yaml' as const,
        what: message,
        start: start + shift,
        end: Math.max(end, start + 1) + shift,
      }));
      return { problems };
    }
    if (!isPlain(document.contents)) return refuse('not-plain');
    const { data, error } = frontMatterSchema.safeParse(document.toJS() ?? {});
    return data ? { data, problems: [] } : { problems: problemsOf(error, { document, source, shift }) };
  } catch (error) {
    return refuse('yaml', error instanceof Error ? error.message : String(error));
  }
}

/**
 * Whether the YAML consists only of names, values and lists, a few levels deep. Aliases could exhaust the memory, and
 * nested maps as keys take minutes to read.
 */
function isPlain(node: unknown, levels = 6): boolean {
  if (node === null || isScalar(node)) return true;
  if (levels === 0) return false;
  if (isSeq(node)) return node.items.every((item) => isPlain(item, levels - 1));
  return (
    isMap(node) && node.items.every(({ key, value }) => isScalar(key) && isPlain(value ?? null, levels - 1))
  );
}

function problemsOf(
  error: z.ZodError,
  { document, source, shift }: { document: Document; source: string; shift: number },
): PromptProblem[] {
  const rangeOf = (path: PropertyKey[]): readonly [number, number] => {
    const node: unknown = document.getIn(path, true);
    const range = isNode(node) ? node.range : undefined;
    return range ? [range[0], range[1]] : [0, source.length];
  };
  return error.issues.slice(0, mostProblems).flatMap((issue): PromptProblem[] => {
    if (issue.code !== 'unrecognized_keys') {
      const [start, end] = rangeOf(issue.path);
      const place = { start: start + shift, end: end + shift };
      if (issue.code !== 'invalid_value')
        return [{ kind: 'wrong-type', what: issue.path.join('.'), ...place }];
      return [
        { kind: 'unknown-value', what: source.slice(start, end), known: issue.values.map(String), ...place },
      ];
    }
    return issue.keys.slice(0, mostProblems).map((key) => {
      const at = Math.max(0, source.indexOf(key));
      return { kind: 'unknown-key', what: key, start: at + shift, end: at + key.length + shift };
    });
  });
}
