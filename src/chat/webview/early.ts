/** Runs within the panel's HTML: keeps what is typed and entered before the panel's script and the first state are there. */

import { createImeGuard } from '../../ui/webview/imeGuard.ts';
import { replaceText } from '../../ui/webview/replaceText.ts';
import { directionOf } from '../../ui/webview/textDirection.ts';
import { mergeDrafts } from './composer/draftMerge.ts';
import type { EarlyInput, EarlyWindow } from './earlyInput.ts';
import type { SavedState } from './host.ts';

declare function acquireVsCodeApi(): {
  getState(): SavedState | undefined;
  setState(state: SavedState): void;
};

/** Longer texts take too long to be saved with each key, in UTF-16 units. */
const mostSaved = 50_000;

const area = document.querySelector<HTMLTextAreaElement>('.composer textarea');
const line = document.querySelector<HTMLElement>('.composer-message');
if (area && line) (window as EarlyWindow).earlyInput = watchField(area, line);

function watchField(field: HTMLTextAreaElement, message: HTMLElement): EarlyInput {
  const api = acquireVsCodeApi();
  const ime = createImeGuard(field);
  const stop = new AbortController();
  const listening = { signal: stop.signal };
  let typed = false;
  let question = '';

  const { draft = '' } = api.getState() ?? {};
  if (draft !== '') {
    field.value = draft;
    field.dir = directionOf(draft);
    field.setSelectionRange(draft.length, draft.length);
  }

  function save(): void {
    const text = mergeDrafts(question, field.value);
    if (text.length < mostSaved) api.setState({ ...api.getState(), draft: text, draftTold: false });
  }

  function enter(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || ime.owns(event)) return;
    event.preventDefault();
    if (!/\S/.test(field.value)) return;
    question = question === '' ? field.value : `${question}\n\n${field.value}`;
    replaceText(field, [0, field.value.length], '');
    save();
    message.textContent = (message.dataset.waiting ?? '').replace('{0}', () => question);
  }

  /** VS Code gives the focus to the page: nothing else takes keys yet. */
  function focus(): void {
    if (document.activeElement === document.body) field.focus();
  }

  field.addEventListener(
    'input',
    () => {
      typed = true;
      field.dir = directionOf(field.value);
      save();
    },
    listening,
  );
  field.addEventListener('keydown', enter, listening);
  window.addEventListener('focus', focus, listening);
  if (document.hasFocus()) focus();

  return {
    ime,
    take() {
      stop.abort();
      message.textContent = '';
      return { typed, question };
    },
  };
}
