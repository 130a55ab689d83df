/** The text field for the question to all models; Enter asks. */

import * as l10n from '@vscode/l10n';
import { createImeGuard } from '../../ui/webview/imeGuard.ts';
import { directionOf } from '../../ui/webview/textDirection.ts';

export interface QuestionField {
  readonly element: HTMLTextAreaElement;
  readonly text: string;
  set(text: string): void;
}

export function createQuestionField({
  ask,
  onChange,
}: {
  ask(): void;
  onChange(text: string): void;
}): QuestionField {
  const element = document.createElement('textarea');
  element.rows = 1;
  element.className = 'field question-field';
  element.placeholder = l10n.t('Ask all models the same question');
  element.setAttribute('aria-label', l10n.t('Question to All Models'));
  const ime = createImeGuard(element);
  element.addEventListener('input', () => {
    element.dir = directionOf(element.value);
    onChange(element.value);
  });
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || ime.owns(event)) return;
    event.preventDefault();
    ask();
  });
  return {
    element,
    get text() {
      return element.value;
    },
    set(text) {
      element.value = text;
      element.dir = directionOf(text);
    },
  };
}
