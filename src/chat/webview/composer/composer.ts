/** The composer: notice, queued question, attached code, the draft, and below it the toolbar. */

import * as l10n from '@vscode/l10n';
import { render } from 'lit';
import { createImeGuard } from '../../../ui/webview/imeGuard.ts';
import type { HostLine } from '../../../ui/webview/vscodeApi.ts';
import type { HostMessage } from '../../common/protocol.ts';
import type { ViewMessage } from '../../common/protocolSchema.ts';
import type { ViewMemory } from '../host.ts';
import type { PanelState } from '../state.ts';
import { createComposerChips } from './attach/composerChips.ts';
import { createDropZone } from './attach/dropZone.ts';
import { handlePaste } from './attach/pasteFiles.ts';
import { createBoxes } from './boxes.ts';
import { commandHint, composerFrame, type Drawn, isSame, type Message, messageLine } from './composerView.ts';
import { createDraftField, type DraftField } from './draftField.ts';
import { mergeDrafts, newerDraft } from './draftMerge.ts';
import { noticeBar } from './noticeBar.ts';
import { type QueueAction, queueRow } from './queueRow.ts';
import { refusalOf } from './refusal.ts';
import { createSuggest } from './suggest/suggest.ts';
import { leadingCommand } from './suggest/trigger.ts';
import { toolbar } from './toolbar.ts';

export interface Composer {
  update(state: PanelState): void;
  /** Shows what the host found behind `#`. */
  showResults(results: Extract<HostMessage, { type: 'context-results' }>): void;
  /** This draft stands in another chat now; what was typed behind it stays. */
  moveDraft(text: string): void;
  /** Puts a question into the field, for the user to change and send. */
  fill(text: string): void;
}

export function createComposer(
  root: HTMLElement,
  { post, recall, remember }: HostLine<ViewMessage, ViewMemory>,
  onSubmit: () => void,
): Composer {
  let state: PanelState | undefined;
  let drawn: Drawn | undefined;
  let message: Message = { text: '', count: 0 };
  /** A queued question that the user dropped; the arrow keys bring it back. */
  let dropped: string | undefined;

  render(composerFrame(), root);
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
  const suggest = createSuggest({
    area,
    place: find('.suggest-place', HTMLElement),
    post,
    text: () => draft.text,
    current: () => state && { commands: state.composer.commands },
    onToggle: () => draw(),
  });
  const chips = createComposerChips(find('.composer-attachments', HTMLElement), post, () => draft.focus());
  createDropZone(find('.drop-zone', HTMLElement), {
    post,
    // While the list of conversations is open, nobody sees the composer.
    canAttach: () => !root.inert && state !== undefined,
    say,
    onDrop: () => draft.focus(),
  });
  handlePaste(area, () => state && { post, say: (text, action) => say(text, { action }) });
  const ime = createImeGuard(document.body);
  // Wherever the focus is, except in fields that have a use for the key themselves.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || root.inert || ime.owns(event)) return;
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

  function keptDraft(): { text: string; told: boolean } | undefined {
    const memory = recall();
    return memory?.draft === undefined ? undefined : { text: memory.draft, told: memory.draftTold ?? true };
  }

  /** The host's word on the draft. */
  function takeDraft(next: PanelState, first: boolean): void {
    const known = next.draft.text;
    const host = next.isDraftKnown ? known : undefined;
    const text = first ? newerDraft(host, keptDraft()) : mergeDrafts(known, draft.text);
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
        suggest.close();
      }
      if (message.refused && refusalOf(next, draft.text) !== message.text) silence();
      if (next.draft.version !== before?.draft.version) takeDraft(next, before === undefined);
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

  /** Renders the parts around the field, when something about them is different. */
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
    area.placeholder = l10n.t('Ask a question');
    area.setAttribute('aria-label', l10n.t('Question'));
    render(notice(state), find('.composer-notice', HTMLElement));
    render(
      queueRow({ conversation, lastStatus: turns.at(-1)?.outcome.status, run: changeQueue }),
      find('.composer-queue', HTMLElement),
    );
    chips.draw(composer);
    render(commandHint(now.command), find('.composer-command', HTMLElement));
    render(messageLine(message, silenced), find('.composer-message', HTMLElement));
    render(
      toolbar(now, { ...boxes, add: suggest.toggleContext, stop, submit }),
      find('.composer-toolbar', HTMLElement),
    );
    boxes.update();
  }

  function notice({ composer }: PanelState): ReturnType<typeof noticeBar> {
    return noticeBar(composer.notice, {
      run: (action) => post({ type: 'action-run', action }),
      dismiss: (id) => {
        post({ type: 'notice-dismiss', id });
        draft.focus();
      },
    });
  }
}

function isEmpty(text: string): boolean {
  return !/\S/.test(text);
}
