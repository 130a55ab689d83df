/** The functions that all parts of a comparison's page share. */

import type { CompareViewMessage } from '../common/compareProtocolSchema.ts';

export interface CompareContext {
  post(message: CompareViewMessage): void;
  /** Opens a list at `button` to choose the model of a column; `place` after the last column adds one. */
  chooseModel(button: HTMLButtonElement, place: number): void;
  removeModel(place: number): void;
}
