/** The texts of the panel by key; the host fills them in the display language. `{0}` marks a value. */

import type { ParameterName } from './chatModel.ts';
import type { PanelAction } from './protocol.ts';

export type PanelStringKey =
  | 'composer.placeholder'
  | 'composer.label'
  | 'composer.send'
  | 'composer.stop'
  | 'composer.attachments'
  | 'attachment.open'
  | 'attachment.remove'
  | 'attachment.line'
  | 'attachment.lines'
  | 'model.choose'
  | 'model.list'
  | 'model.filter'
  | 'model.custom'
  | 'model.none'
  | 'parameters.open'
  | 'parameters.title'
  | 'parameters.none'
  | 'parameters.reset'
  | 'parameters.close'
  | 'parameters.default'
  | 'parameters.platformDefault'
  | 'parameters.on'
  | 'parameters.off'
  | 'parameters.stopHint'
  | 'parameters.mustBe'
  | 'parameters.mustBeInteger'
  | 'range.atLeast'
  | 'range.above'
  | 'range.atMost'
  | 'range.below'
  | 'range.both'
  | 'range.any'
  | `parameter.${ParameterName}`
  | 'transcript.label'
  | 'transcript.jump'
  | 'turn.question'
  | 'turn.answer'
  | 'turn.thinking'
  | 'turn.reasoning'
  | 'turn.copyAnswer'
  | 'turn.copied'
  | 'turn.retry'
  | 'turn.stopped'
  | 'turn.interrupted'
  | 'turn.cut'
  | 'turn.tokens'
  | 'turn.usage'
  | 'code.copy'
  | 'task.done'
  | 'task.open'
  | 'error.detail'
  | 'error.status'
  | 'error.code'
  | 'error.requestId'
  | 'error.copy'
  | `action.${PanelAction}`
  | 'status.answering'
  | 'status.finished'
  | 'status.stopped'
  | 'status.failed'
  | 'welcome.title'
  | 'welcome.intro'
  | 'welcome.keyHint'
  | 'welcome.demoHint'
  | 'welcome.hintSelection'
  | 'welcome.hintPalette'
  | 'welcome.examples'
  | 'welcome.exampleExplain'
  | 'welcome.exampleTests'
  | 'welcome.exampleConcept'
  | 'demo.banner';

export type PanelStrings = Record<PanelStringKey, string>;

/** Puts values into the `{0}`, `{1}` … of a text. */
export function formatString(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (mark, index) => String(values[Number(index)] ?? mark));
}
