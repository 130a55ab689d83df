/** The step that plays the demo answer at a human pace, with whatever faults a script asked for besides. */

import { demoAnswer, demoReasoning } from './demoAnswer.ts';
import type { ScriptStep } from './scriptStep.ts';
import type { AcceptedRequest } from './wire.ts';

const defaultPiecesPerSecond = 45;
/** Long enough to see that an answer is awaited, in milliseconds. */
const firstEventDelay = 250;

export function demoStep(
  step: ScriptStep,
  accepted: AcceptedRequest,
  pace = defaultPiecesPerSecond,
): ScriptStep {
  const delayMs = pace > 0 ? { firstEvent: firstEventDelay, betweenEvents: 1000 / pace } : undefined;
  const thinks = accepted.parameters.enable_thinking === true;
  return {
    reasoning: thinks ? demoReasoning(accepted.question) : undefined,
    obeyParameters: true,
    delayMs,
    ...step,
    text: demoAnswer(accepted),
  };
}
