/** Opens the popovers of the toolbar, one at a time: models, chat settings, context. */

import * as l10n from '@vscode/l10n';
import { createPopover } from '../../../ui/webview/popover.ts';
import type { Post } from '../host.ts';
import type { PanelState } from '../state.ts';
import { contextDetails } from './contextMeter.ts';
import { createModelPicker } from './modelPicker.ts';
import { createParameterForm } from './parameterForm.ts';

export interface Boxes {
  /** Opens or closes a box for the button that was pressed. */
  toggleModels(event: Event): void;
  toggleParameters(event: Event): void;
  toggleContext(event: Event): void;
  /** Draws the context box again after a change of the state. */
  update(): void;
  close(): void;
}

/** Shows them in `element`; `current` gives the newest state. */
export function createBoxes(element: HTMLElement, post: Post, current: () => PanelState | undefined): Boxes {
  const popover = createPopover(element);
  const openModels = createModelPicker(popover, (ref) => post({ type: 'model-select', ref }));
  const openParameters = createParameterForm(popover, {
    changeParameters: (values) => post({ type: 'parameters-change', parameters: values }),
    changeSystemPrompt: (text) => post({ type: 'system-prompt-change', text }),
  });
  let contextOwner: HTMLButtonElement | undefined;

  const toggle =
    (open: (button: HTMLButtonElement, state: PanelState) => void) =>
    ({ currentTarget }: Event): void => {
      const state = current();
      if (!state || !(currentTarget instanceof HTMLButtonElement)) return;
      if (popover.owner === currentTarget) popover.close(true);
      else open(currentTarget, state);
    };

  function showContext(owner: HTMLButtonElement): void {
    const state = current();
    if (!state?.context) return;
    const content = contextDetails(state, state.context, { post, popover });
    popover.show({ owner, label: l10n.t('Context'), content });
  }

  return {
    toggleModels: toggle((button, { composer }) => openModels(button, composer)),
    toggleParameters: toggle(openParameters),
    toggleContext: toggle((button) => {
      contextOwner = button;
      showContext(button);
      element.focus();
    }),
    update() {
      if (contextOwner && popover.owner === contextOwner) showContext(contextOwner);
    },
    close: () => popover.close(),
  };
}
