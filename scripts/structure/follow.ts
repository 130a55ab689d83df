/** Follows a part of the request lifecycle through the sources, and checks that each hop is still there. */

import type { CallGraph, FoundFunction } from './callGraph.ts';
import type { Step } from './lifecycle.ts';

export interface Followed {
  /** The files of all steps, each once, in order. */
  readonly files: readonly string[];
  /** Those whose functions wait for the last step: the ways that return before it are left out. */
  readonly direct: readonly string[];
  /** A sentence for each hop that is no longer there. */
  readonly broken: readonly string[];
}

/** Throws for a step whose function is not found. */
export function follow(graph: CallGraph, steps: readonly Step[]): Followed {
  const functions = steps.map(({ at }) => graph.find(at));
  const callers = steps.map(({ from }, index) =>
    from === undefined ? index - 1 : steps.findLastIndex(({ at }, before) => before < index && at === from),
  );
  const broken = functions.flatMap((to, index) => {
    if (index === 0) return [];
    const step = steps[index];
    const from = functions[callers[index] ?? -1];
    if (!from) return [`${step?.at}: ${step?.from} is no earlier step.`];
    if (graph.connects(from, to, step?.by ?? 'call')) return [];
    const others = graph.calledBy(from).join(', ');
    return [`${label(from)} does not lead to ${label(to)} (${step?.by ?? 'call'}). It uses ${others}.`];
  });
  const direct: FoundFunction[] = [];
  for (let index = functions.length - 1; index >= 0; index = callers[index] ?? -1) {
    const found = functions[index];
    if (found) direct.unshift(found);
  }
  return { files: filesOf(functions), direct: filesOf(direct), broken };
}

function label({ file, name }: FoundFunction): string {
  return `${file}#${name}`;
}

function filesOf(functions: readonly FoundFunction[]): string[] {
  return [...new Set(functions.map(({ file }) => file))];
}
