/** The composer: notice, attached code, the draft, and below it model, parameters, Send or Stop. */

import { html, render, type TemplateResult } from 'lit';
import { formatString, type PanelStrings } from '../../core/panelStrings.ts';
import type { ComposerState } from '../../core/protocol.ts';
import { icon, iconButton } from '../dom.ts';
import { type PanelState, runningTurn } from '../state.ts';
import { attachmentChips } from '../transcript/chips.ts';
import { type Post, recall, remember } from '../vscodeApi.ts';
import { createDraftField, type DraftField } from './draftField.ts';
import { createModelPicker } from './modelPicker.ts';
import { noticeBar } from './noticeBar.ts';
import { createParameterForm } from './parameterForm.ts';
import { createPopover } from './popover.ts';

export interface Composer {
  update(state: PanelState): void;
  /** Puts a question into the field, for the user to change and send. */
  fill(text: string): void;
}

export function createComposer(root: HTMLElement, post: Post, onSubmit: () => void): Composer {
  let state: PanelState | undefined;
  let drawn: { composer?: ComposerState; strings?: PanelStrings; running?: boolean; empty?: boolean } = {};
  let draftVersion = -1;
  let focusVersion = 0;

  render(frame(), root);
  const find = <Kind extends HTMLElement>(selector: string, kind: new () => Kind): Kind => {
    const found = root.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`The composer has no ${selector}.`);
    return found;
  };
  const area = find('textarea', HTMLTextAreaElement);
  const popover = createPopover(find('.popover', HTMLElement));
  const models = createModelPicker(popover, (ref) => post({ type: 'model-select', ref }));
  const parameters = createParameterForm(popover, (values) =>
    post({ type: 'parameters-change', parameters: values }),
  );
  const draft: DraftField = createDraftField(area, {
    post,
    remember,
    submit,
    onChange: draw,
  });
  // Wherever the focus is; a popover keeps the key for itself.
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing && event.keyCode !== 229) stop();
  });
  // A click beside the text, inside the box, means the text.
  find('.composer-box', HTMLElement).addEventListener('click', ({ target }) => {
    if (target instanceof Element && !target.closest('button, textarea, .popover')) draft.focus();
  });

  function submit(): void {
    const text = draft.text.trim();
    if (!state || text === '' || runningTurn(state)) return;
    post({ type: 'turn-submit', text: draft.text });
    draft.clear();
    draft.focus();
    onSubmit();
  }

  function stop(): void {
    if (!state || !runningTurn(state)) return;
    post({ type: 'turn-stop' });
    // The Stop button goes away and would take the focus with it.
    draft.focus();
  }

  return {
    update(next) {
      const first = state === undefined;
      state = next;
      if (next.draft.version !== draftVersion) {
        draftVersion = next.draft.version;
        const text = first ? newerDraft(next.draft.text, recall()?.draft) : next.draft.text;
        draft.set(text);
        if (text !== next.draft.text) post({ type: 'draft-change', text });
      }
      draw();
      if (next.focusVersion !== focusVersion) draft.focus();
      focusVersion = next.focusVersion;
    },
    fill(text) {
      draft.set(text);
      post({ type: 'draft-change', text });
      draft.focus();
    },
  };

  /** Renders the parts around the field, when something about them is different. */
  function draw(): void {
    if (!state) return;
    const { composer, strings } = state;
    const now = {
      composer,
      strings,
      running: runningTurn(state) !== undefined,
      empty: draft.text.trim() === '',
    };
    if (
      now.composer === drawn.composer &&
      now.strings === drawn.strings &&
      now.running === drawn.running &&
      now.empty === drawn.empty
    )
      return;
    drawn = now;
    area.placeholder = strings['composer.placeholder'];
    area.setAttribute('aria-label', strings['composer.label']);
    render(notice(composer, strings), find('.composer-notice', HTMLElement));
    render(attachments(composer, strings), find('.composer-attachments', HTMLElement));
    render(toolbar(now), find('.composer-toolbar', HTMLElement));
  }

  function notice(composer: ComposerState, strings: PanelStrings): ReturnType<typeof noticeBar> {
    return noticeBar(composer.notice, strings, {
      run: (action) => post({ type: 'action-run', action }),
      dismiss: (id) => {
        post({ type: 'notice-dismiss', id });
        draft.focus();
      },
    });
  }

  function attachments(composer: ComposerState, strings: PanelStrings): ReturnType<typeof attachmentChips> {
    return attachmentChips(composer.attachments, strings, {
      open: (id) => post({ type: 'attachment-open', id }),
      remove: (id) => {
        post({ type: 'attachment-remove', id });
        draft.focus();
      },
    });
  }

  function toolbar(now: {
    composer: ComposerState;
    strings: PanelStrings;
    running: boolean;
    empty: boolean;
  }): TemplateResult {
    const { composer, strings } = now;
    const toggle =
      (open: typeof models.open) =>
      ({ currentTarget }: Event) => {
        if (!(currentTarget instanceof HTMLElement)) return;
        if (currentTarget.getAttribute('aria-expanded') === 'true') popover.close(true);
        else open(currentTarget, composer, strings);
      };
    const changed = Object.values(composer.parameters).some((value) => value !== undefined);
    const modelLabel = formatString(strings['model.choose'], composer.modelName);
    return html`
      ${iconButton({
        icon: 'add',
        label: strings['action.attach-selection'],
        onClick: () => post({ type: 'action-run', action: 'attach-selection' }),
      })}
      <button type="button" class="model-button" title=${modelLabel} aria-label=${modelLabel}
        aria-haspopup="listbox" aria-expanded="false" @click=${toggle(models.open)}>
        <span>${composer.modelName}</span>${icon('chevron-down')}
      </button>
      <button type="button" class="icon-button ${changed ? 'changed' : ''}" title=${strings['parameters.open']}
        aria-label=${strings['parameters.open']} aria-haspopup="dialog" aria-expanded="false"
        @click=${toggle(parameters.open)}>${icon('settings')}</button>
      <span class="spacer"></span>
      ${
        now.running
          ? iconButton({
              icon: 'stop-circle',
              label: strings['composer.stop'],
              className: 'stop',
              onClick: stop,
            })
          : iconButton({
              icon: 'send',
              label: strings['composer.send'],
              className: 'send',
              disabled: now.empty,
              onClick: submit,
            })
      }
    `;
  }
}

function frame(): TemplateResult {
  return html`
    <div class="popover" role="dialog" hidden></div>
    <div class="composer-notice"></div>
    <div class="composer-box">
      <div class="composer-attachments"></div>
      <textarea rows="1" dir="auto"></textarea>
      <div class="composer-toolbar"></div>
    </div>
  `;
}

/** What the view kept is newer than the host's draft when the last keys did not get through. */
function newerDraft(host: string, kept: string | undefined): string {
  return kept !== undefined && (host === '' || kept.startsWith(host)) ? kept : host;
}
