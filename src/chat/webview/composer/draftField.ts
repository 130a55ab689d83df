/** The text field of the composer: sends on Enter, recalls questions, and saves the draft. */

import type { ImeGuard } from '../../../ui/webview/imeGuard.ts';
import { replaceAll } from '../../../ui/webview/replaceText.ts';
import { directionOf } from '../../../ui/webview/textDirection.ts';
import { createThrottle } from '../../../ui/webview/throttle.ts';
import type { Post, SavedState } from '../host.ts';
import { createQuestionRecall } from './questionRecall.ts';

export interface DraftField {
  readonly text: string;
  set(text: string): void;
  focus(): void;
  /** Sends a pending draft to the host. */
  flush(): void;
  /** Empties the field after its text was sent. */
  clear(): void;
}

export interface DraftFieldActions {
  /** Of the field. */
  ime: ImeGuard;
  post: Post;
  updateState(state: SavedState): void;
  submit(): void;
  onChange(): void;
  /** Whether the host's draft is known: before that, it must not be overwritten. */
  canTell(): boolean;
  /** What the arrow keys recall, oldest first. */
  questions(): readonly string[];
}

/** Milliseconds between two `draft-change` events; sending long texts takes long. */
const draftInterval = 300;
const longDraftInterval = 2000;
/** In UTF-16 units. */
const longDraft = 50_000;

export function createDraftField(area: HTMLTextAreaElement, actions: DraftFieldActions): DraftField {
  const { ime } = actions;
  const recall = createQuestionRecall();
  // Reading `area.value` takes time linear in the text.
  let text = area.value;
  const drafts = createThrottle<string>(
    (sent) => (sent.length < longDraft ? draftInterval : longDraftInterval),
    (newest) => {
      actions.updateState({ draft: newest, draftTold: true });
      actions.post({ type: 'draft-change', text: newest });
    },
  );

  area.addEventListener('input', () => {
    text = area.value;
    area.dir = directionOf(text);
    if (text.length < longDraft) actions.updateState({ draft: text, draftTold: false });
    if (actions.canTell()) drafts.push(text);
    actions.onChange();
  });
  area.addEventListener('blur', () => drafts.flush());
  area.addEventListener('keydown', (event) => {
    if (ime.owns(event) || event.shiftKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      actions.submit();
    } else if (!event.ctrlKey && !event.metaKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      if (recallQuestion(event.key === 'ArrowUp' ? -1 : 1)) event.preventDefault();
    }
  });

  function set(next: string): void {
    if (text === next) return;
    text = next;
    area.dir = directionOf(next);
    // Through the undo history, which would otherwise mix both texts.
    replaceAll(area, next);
    area.setSelectionRange(next.length, next.length);
    actions.updateState({ draft: next, draftTold: true });
    actions.onChange();
  }

  /** False where the arrow keys move the caret between lines. */
  function recallQuestion(direction: -1 | 1): boolean {
    const { selectionStart, selectionEnd } = area;
    const beyond = direction === -1 ? text.slice(0, selectionStart) : text.slice(selectionEnd);
    if (selectionStart !== selectionEnd || beyond.includes('\n')) return false;
    const question = recall.step(direction, text, actions.questions());
    if (question === undefined) return false;
    set(question);
    actions.updateState({ draftTold: false });
    drafts.push(question);
    return true;
  }

  return {
    get text() {
      return text;
    },
    set,
    focus: () => area.focus(),
    flush: () => drafts.flush(),
    clear() {
      drafts.cancel();
      set('');
      actions.post({ type: 'draft-change', text: '' });
    },
  };
}
