/** The queue of script steps, matched against requests in order. */

import type { RecordedRequest } from './recordedRequest.ts';
import type { RequestMatch, ScriptFunction, ScriptStep } from './scriptStep.ts';
import { scriptStepSchema } from './scriptStepSchema.ts';

export interface ScriptQueue {
  /** Number of steps that still wait for a request; one that serves `always` does not count. */
  readonly pending: number;
  /** Throws a `ZodError` for an invalid step. */
  add(steps: readonly (ScriptStep | ScriptFunction)[]): void;
  /** The step this request would take; `auxiliary` as in `Endpoint`. */
  find(
    request: RecordedRequest,
    stream: boolean,
    auxiliary?: boolean,
  ): ScriptStep | ScriptFunction | undefined;
  /** Counts a step found before as used. */
  use(step: ScriptStep | ScriptFunction): void;
}

export function createScriptQueue(): ScriptQueue {
  const waiting: { step: ScriptStep | ScriptFunction; left: number }[] = [];
  return {
    get pending() {
      return waiting.filter((entry) => entry.left !== Number.POSITIVE_INFINITY).length;
    },
    add(steps) {
      for (const step of steps) {
        if (typeof step === 'function') {
          waiting.push({ step, left: 1 });
        } else {
          const { times = 1 } = scriptStepSchema.parse(step);
          waiting.push({ step, left: times === 'always' ? Number.POSITIVE_INFINITY : times });
        }
      }
    },
    find(request, stream, auxiliary = false) {
      return waiting.find(({ step }) =>
        typeof step === 'function'
          ? !auxiliary
          : (!auxiliary || step.match?.path !== undefined) && fits(step.match, request, stream),
      )?.step;
    },
    use(step) {
      const index = waiting.findIndex((entry) => entry.step === step);
      const entry = waiting[index];
      if (entry !== undefined && --entry.left <= 0) {
        waiting.splice(index, 1);
      }
    },
  };
}

function fits(match: RequestMatch | undefined, request: RecordedRequest, stream: boolean): boolean {
  return (
    match === undefined ||
    ((match.path === undefined || request.path.includes(match.path)) &&
      (match.model === undefined || request.model === match.model) &&
      (match.stream === undefined || stream === match.stream) &&
      (match.bodyIncludes === undefined || request.bodyText.includes(match.bodyIncludes)))
  );
}
