/** What the parts of a comparison's page share: the line to the host, and the list of models. */

import type { CompareViewMessage } from '../common/compareProtocolSchema.ts';

export interface CompareContext {
  post(message: CompareViewMessage): void;
  /** Lets the user choose a model for a place among the columns, from a list at `button`; past the last one it is added. */
  chooseModel(button: HTMLButtonElement, place: number): void;
  removeModel(place: number): void;
}
