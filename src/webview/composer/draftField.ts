/** The text field of the composer: grows with its text, sends on Enter, keeps the draft safe. */

import type { Post, ViewMemory } from '../vscodeApi.ts';
import { createImeGuard } from './imeGuard.ts';
import { createThrottle } from './throttle.ts';

export interface DraftField {
  readonly text: string;
  set(text: string): void;
  focus(): void;
  /** Empties the field after its text was sent. */
  clear(): void;
}

export interface DraftFieldActions {
  post: Post;
  remember(memory: ViewMemory): void;
  submit(): void;
  onChange(): void;
}

/** Milliseconds between two `draft-change` events. */
const draftInterval = 300;

export function createDraftField(area: HTMLTextAreaElement, actions: DraftFieldActions): DraftField {
  const ime = createImeGuard(area);
  const drafts = createThrottle<string>(draftInterval, (text) =>
    actions.post({ type: 'draft-change', text }),
  );

  area.addEventListener('input', () => {
    actions.remember({ draft: area.value });
    drafts.push(area.value);
    actions.onChange();
  });
  area.addEventListener('keydown', (event) => {
    if (ime.owns(event)) return;
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    actions.submit();
  });

  function set(text: string): void {
    if (area.value === text) return;
    area.value = text;
    area.setSelectionRange(text.length, text.length);
    actions.remember({ draft: text });
    actions.onChange();
  }

  return {
    get text() {
      return area.value;
    },
    set(text) {
      set(text);
    },
    focus: () => area.focus(),
    clear() {
      drafts.cancel();
      set('');
      actions.post({ type: 'draft-change', text: '' });
    },
  };
}
