/** The composer: notice, queued question, attached code, the draft, and below it the toolbar. */

import { html, nothing, render, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { formatString } from '../../core/panelStrings.ts';
import { longestText } from '../../core/protocol.ts';
import type { PanelState } from '../state.ts';
import { attachmentChips } from '../transcript/chips.ts';
import { type Post, recall, remember } from '../vscodeApi.ts';
import { createBoxes } from './boxes.ts';
import { createDraftField, type DraftField } from './draftField.ts';
import { mergeDrafts, newerDraft } from './draftMerge.ts';
import { createImeGuard } from './imeGuard.ts';
import { noticeBar } from './noticeBar.ts';
import { type QueueAction, queueRow } from './queueRow.ts';
import { type ToolbarState, toolbar } from './toolbar.ts';

export interface Composer {
  update(state: PanelState): void;
  /** Puts a question into the field, for the user to change and send. */
  fill(text: string): void;
}

/** What `draw` shows; the same members mean the same picture. */
interface Drawn extends ToolbarState {
  lastStatus: string | undefined;
  /** Said to the user about what they just did; `count` tells the same text said twice from once. */
  message: { text: string; count: number };
}

export function createComposer(root: HTMLElement, post: Post, onSubmit: () => void): Composer {
  let state: PanelState | undefined;
  let drawn: Drawn | undefined;
  let message = { text: '', count: 0 };
  /** A queued question that the user dropped; the arrow keys bring it back. */
  let dropped: string | undefined;

  render(frame(), root);
  const find = <Kind extends HTMLElement>(selector: string, kind: new () => Kind): Kind => {
    const found = root.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`The composer has no ${selector}.`);
    return found;
  };
  const area = find('textarea', HTMLTextAreaElement);
  const boxes = createBoxes(find('.popover', HTMLElement), post, () => state);
  const draft: DraftField = createDraftField(area, {
    post,
    remember,
    submit,
    questions: () => [
      ...(state?.turns ?? []).map(({ question }) => question),
      ...(dropped === undefined ? [] : [dropped]),
    ],
    onChange() {
      silence();
      draw();
    },
  });
  const ime = createImeGuard(document.body);
  // Wherever the focus is, except in fields that have a use for the key themselves.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || ime.owns(event)) return;
    const field = event.target instanceof Element && event.target.closest('input, textarea, select');
    if (!field || field === area) stop();
  });
  // A click beside the text, inside the box, means the text.
  find('.composer-box', HTMLElement).addEventListener('click', ({ target }) => {
    if (target instanceof Element && !target.closest('button, textarea')) draft.focus();
  });

  function submit(): void {
    if (!state || isEmpty(draft.text)) return;
    const refusal = refusalOf(state, draft.text);
    if (refusal !== undefined) {
      say(refusal);
      return;
    }
    post({ type: 'turn-submit', text: draft.text });
    draft.clear();
    draft.focus();
    onSubmit();
  }

  function say(text: string): void {
    message = { text, count: message.count + 1 };
    draw();
  }

  function silence(): void {
    if (message.text !== '') message = { ...message, text: '' };
  }

  function stop(): void {
    if (!state?.conversation.running) return;
    post({ type: 'turn-stop' });
    // The Stop button goes away and would take the focus with it.
    draft.focus();
  }

  function changeQueue(action: QueueAction): void {
    if (action === 'remove') dropped = state?.conversation.queued?.text;
    // The host puts the queued text and the draft together.
    draft.flush();
    post({ type: 'queue-change', action });
    draft.focus();
  }

  function attach(): void {
    post({ type: 'action-run', action: 'attach-selection' });
  }

  /** The host's word on the draft. */
  function takeDraft(next: PanelState, first: boolean): void {
    const known = next.draft.text;
    const text = first ? newerDraft(known, recall()?.draft) : mergeDrafts(known, draft.text);
    draft.set(text);
    if (text !== known) post({ type: 'draft-change', text });
  }

  return {
    update(next) {
      const before = state;
      state = next;
      if (next.conversation.id !== before?.conversation.id) {
        dropped = undefined;
        boxes.close();
      }
      if (!next.conversation.queued) silence();
      if (next.draft.version !== before?.draft.version) takeDraft(next, before === undefined);
      draw();
      if (next.focusVersion !== (before?.focusVersion ?? 0)) draft.focus();
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
    const { composer, strings, conversation, context, turns } = state;
    const now: Drawn = {
      composer,
      strings,
      conversation,
      context,
      empty: isEmpty(draft.text),
      lastStatus: turns.at(-1)?.outcome.status,
      message,
    };
    if (drawn && isSame(drawn, now)) return;
    drawn = now;
    area.placeholder = strings['composer.placeholder'];
    area.setAttribute('aria-label', strings['composer.label']);
    render(notice(state), find('.composer-notice', HTMLElement));
    render(
      queueRow({ conversation, lastStatus: turns.at(-1)?.outcome.status, strings, run: changeQueue }),
      find('.composer-queue', HTMLElement),
    );
    render(attachments(state), find('.composer-attachments', HTMLElement));
    // A new element each time, so that a screen reader says it again.
    render(
      message.text === '' ? nothing : keyed(message.count, html`<div>${message.text}</div>`),
      find('.composer-message', HTMLElement),
    );
    render(toolbar(now, { ...boxes, attach, stop, submit }), find('.composer-toolbar', HTMLElement));
    boxes.update();
  }

  function notice({ composer, strings }: PanelState): ReturnType<typeof noticeBar> {
    return noticeBar(composer.notice, strings, {
      run: (action) => post({ type: 'action-run', action }),
      dismiss: (id) => {
        post({ type: 'notice-dismiss', id });
        draft.focus();
      },
    });
  }

  function attachments({ composer, strings }: PanelState): ReturnType<typeof attachmentChips> {
    return attachmentChips(composer.attachments, strings, {
      open: (id) => post({ type: 'attachment-open', id }),
      remove: (id) => {
        post({ type: 'attachment-remove', id });
        draft.focus();
      },
    });
  }
}

/** Why a text can't be sent now; it stays in the field then. */
function refusalOf({ strings, conversation }: PanelState, text: string): string | undefined {
  if (text.length > longestText) return formatString(strings['composer.tooLong'], text.length, longestText);
  return conversation.running && conversation.queued ? strings['composer.queueFull'] : undefined;
}

function isEmpty(text: string): boolean {
  return !/\S/.test(text);
}

function isSame(one: Drawn, other: Drawn): boolean {
  return (
    one.composer === other.composer &&
    one.strings === other.strings &&
    one.conversation === other.conversation &&
    one.context === other.context &&
    one.empty === other.empty &&
    one.lastStatus === other.lastStatus &&
    one.message === other.message
  );
}

function frame(): TemplateResult {
  return html`
    <div class="popover" role="dialog" tabindex="-1" hidden></div>
    <div class="composer-notice"></div>
    <div class="composer-queue"></div>
    <div class="composer-box">
      <div class="composer-attachments"></div>
      <textarea rows="1"></textarea>
      <div class="composer-message" aria-live="polite"></div>
      <div class="composer-toolbar"></div>
    </div>
  `;
}
