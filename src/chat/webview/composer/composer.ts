/** The composer: notice, queued question, attachments, draft and toolbar. */

import { render } from 'lit';
import { createImeGuard } from '../../../ui/webview/imeGuard.ts';
import type { HostConnection } from '../../../ui/webview/vscodeApi.ts';
import type { HostMessage, PanelAction } from '../../common/protocol.ts';
import type { ViewMessage } from '../../common/protocolSchema.ts';
import type { EarlyWindow } from '../earlyInput.ts';
import type { SavedState } from '../host.ts';
import type { PanelState } from '../state.ts';
import { createComposerAttachments } from './attach/composerAttachments.ts';
import { createDropZone } from './attach/dropZone.ts';
import { handlePaste } from './attach/pasteFiles.ts';
import { createBoxes } from './boxes.ts';
import { commandHint, type Drawn, isSame, type Message, messageLine, noticeBar } from './composerView.ts';
import { createDraftField, type DraftField } from './draftField.ts';
import { mergeDrafts, newerDraft } from './draftMerge.ts';
import { type QueueAction, queueRow } from './queueRow.ts';
import { refusalOf } from './refusal.ts';
import { createSuggest } from './suggest/suggest.ts';
import { leadingCommand } from './suggest/trigger.ts';
import { toolbar } from './toolbar.ts';

export interface Composer {
  update(state: PanelState): void;
  /** Shows the host's results for a search with `#`. */
  showResults(results: Extract<HostMessage, { type: 'context-results' }>): void;
  /** Removes this draft, which moved to another chat; text typed after it stays. */
  moveDraft(text: string): void;
  /** Puts a question into the field, for the user to change and send. */
  fill(text: string): void;
}

export function createComposer(
  root: HTMLElement,
  { post, getState, updateState }: HostConnection<ViewMessage, SavedState>,
  onSubmit: () => void,
): Composer {
  let state: PanelState | undefined;
  let drawn: Drawn | undefined;
  let message: Message = { text: '', count: 0 };
  /** A queued question that the user removed; the arrow keys recall it. */
  let dropped: string | undefined;

  const find = <Kind extends HTMLElement>(selector: string, kind: new () => Kind): Kind => {
    const found = root.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`The composer has no ${selector}.`);
    return found;
  };
  const area = find('textarea', HTMLTextAreaElement);
  const boxes = createBoxes(find('.popover', HTMLElement), post, () => state);
  const { earlyInput } = window as EarlyWindow;
  const fieldIme = earlyInput?.ime ?? createImeGuard(area);
  const draft: DraftField = createDraftField(area, {
    ime: fieldIme,
    canTell: () => state !== undefined,
    post,
    updateState,
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
  const suggest = createSuggest({
    area,
    place: find('.suggest-place', HTMLElement),
    post,
    text: () => draft.text,
    current: () => state && { commands: state.composer.commands },
    onToggle: () => draw(),
  });
  const attachments = createComposerAttachments(find('.composer-attachments', HTMLElement), post, () =>
    draft.focus(),
  );
  createDropZone(find('.drop-zone', HTMLElement), {
    post,
    // The list of chats covers the composer.
    canAttach: () => !root.inert && state !== undefined,
    say,
    onDrop: () => draft.focus(),
  });
  handlePaste(area, () => state && { post, say: (text, action) => say(text, { action }) });
  const ime = createImeGuard(document.body);
  // Not in other fields, which use the key themselves.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || root.inert || ime.owns(event)) return;
    const field = event.target instanceof Element && event.target.closest('input, textarea, select');
    if (!field || field === area) stop();
  });
  find('.composer-box', HTMLElement).addEventListener('click', ({ target }) => {
    if (target instanceof Element && !target.closest('button, textarea')) draft.focus();
  });

  function submit(): void {
    if (!state || isEmpty(draft.text)) return;
    const refusal = refusalOf(state, draft.text);
    if (refusal !== undefined) {
      say(refusal, { refused: true });
      return;
    }
    silence();
    post({ type: 'turn-submit', text: draft.text });
    draft.clear();
    draft.focus();
    onSubmit();
  }

  function say(text: string, more: Pick<Message, 'refused' | 'action'> = {}): void {
    message = { text, count: message.count + 1, ...more };
    draw();
  }

  function silence(): void {
    if (message.text !== '') message = { ...message, text: '' };
  }

  function silenced(): void {
    silence();
    draw();
  }

  function stop(): void {
    if (!state?.conversation.running) return;
    post({ type: 'turn-stop' });
    // The Stop button disappears and would lose the focus.
    draft.focus();
  }

  function changeQueue(action: QueueAction): void {
    if (action === 'remove') dropped = state?.conversation.queued?.text;
    // The host joins the queued text and the draft.
    draft.flush();
    post({ type: 'queue-change', action });
    draft.focus();
  }

  function keptDraft(typed: boolean): { text: string; told: boolean } | undefined {
    if (typed) return { text: draft.text, told: false };
    const { draft: text, draftTold: told = true } = getState() ?? {};
    return text === undefined ? undefined : { text, told };
  }

  /** Merges the host's draft with the text in the field. */
  function takeDraft(next: PanelState, first?: { typed: boolean }): void {
    const known = next.draft.text;
    const host = next.isDraftKnown ? known : undefined;
    const text = first ? newerDraft(host, keptDraft(first.typed)) : mergeDrafts(known, draft.text);
    if (text !== draft.text && fieldIme.composing) {
      // Changing the text would end the composition.
      area.addEventListener('compositionend', () => setTimeout(() => takeDraft(next, first)), { once: true });
      return;
    }
    draft.set(text);
    if (text === known) return;
    post({ type: 'draft-change', text });
    updateState({ draftTold: true });
  }

  /** Sends what was entered before the first state was there, or puts it back into the field. */
  function sendEarly(next: PanelState, question: string): void {
    if (question === '') return;
    const refusal = refusalOf(next, question);
    if (refusal === undefined) {
      post({ type: 'turn-submit', text: question });
      onSubmit();
      return;
    }
    draft.set(mergeDrafts(question, draft.text));
    say(refusal, { refused: true });
  }

  return {
    update(next) {
      const before = state;
      state = next;
      if (next.conversation.id !== before?.conversation.id) {
        dropped = undefined;
        boxes.close();
        suggest.close();
      }
      const early = before ? undefined : earlyInput?.take();
      if (early) sendEarly(next, early.question);
      if (message.refused && refusalOf(next, draft.text) !== message.text) silence();
      if (next.draft.version !== before?.draft.version)
        takeDraft(next, before ? undefined : { typed: early?.typed ?? false });
      if (next.composer.commands !== before?.composer.commands) suggest.update();
      draw();
      if (next.focusVersion !== (before?.focusVersion ?? 0)) draft.focus();
    },
    showResults: suggest.showResults,
    moveDraft(text) {
      if (!draft.text.startsWith(text)) return;
      draft.set(draft.text.slice(text.length));
      post({ type: 'draft-change', text: draft.text });
    },
    fill(text) {
      draft.set(text);
      post({ type: 'draft-change', text });
      draft.focus();
    },
  };

  /** Renders the parts around the field if they changed. */
  function draw(): void {
    if (!state) return;
    const { composer, conversation, context, turns } = state;
    const now: Drawn = {
      composer,
      conversation,
      context,
      empty: isEmpty(draft.text),
      adding: suggest.open === 'context',
      command: suggest.open ? undefined : leadingCommand(draft.text, composer.commands),
      lastStatus: turns.at(-1)?.outcome.status,
      message,
    };
    if (drawn && isSame(drawn, now)) return;
    drawn = now;
    render(noticeBar(composer.notice, { run: runAction, dismiss }), find('.composer-notice', HTMLElement));
    render(queueRow(conversation, now.lastStatus, changeQueue), find('.composer-queue', HTMLElement));
    attachments.draw(composer);
    render(commandHint(now.command), find('.composer-command', HTMLElement));
    render(messageLine(message, silenced), find('.composer-message', HTMLElement));
    render(
      toolbar(now, { ...boxes, add: suggest.toggleContext, stop, submit }),
      find('.composer-toolbar', HTMLElement),
    );
    boxes.update();
  }

  function runAction(action: PanelAction): void {
    post({ type: 'action-run', action });
  }

  function dismiss(id: string): void {
    post({ type: 'notice-dismiss', id });
    draft.focus();
  }
}

function isEmpty(text: string): boolean {
  return !/\S/.test(text);
}
