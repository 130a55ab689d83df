/** Edits a question in its place: Enter sends, Escape cancels. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import { createImeGuard } from '../../../ui/webview/imeGuard.ts';
import { directionOf } from '../../../ui/webview/textDirection.ts';
import type { TurnContext } from './turnContext.ts';
import { asksClass, markBusy, whenIdle } from './turnContext.ts';

export interface QuestionEditor {
  /** Shows the field with the text of an edit begun before, else with `question`, and puts the caret into it. */
  open(question: string): void;
  /** Shows an edit that was begun before, and leaves the focus where it is. */
  restore(): void;
}

export interface QuestionEditorOptions {
  turnId: string;
  context: TurnContext;
  onToggle(open: boolean): void;
}

/** `place` is its own; it stays empty until something is edited. */
export function createQuestionEditor(
  place: HTMLElement,
  { turnId, context, onToggle }: QuestionEditorOptions,
): QuestionEditor {
  const { edits, post } = context;
  /** The text sent last; the host may have rejected it. */
  let sent: string | undefined;

  function show(text: string): HTMLTextAreaElement | undefined {
    render(content(text), place);
    markBusy(place, context.busy);
    const area = place.querySelector('textarea');
    if (!area) return undefined;
    onToggle(true);
    listen(area);
    return area;
  }

  function close(): void {
    edits.set(turnId, undefined);
    render(nothing, place);
    onToggle(false);
  }

  function send(area: HTMLTextAreaElement): void {
    const text = area.value;
    if (text.trim() === '') return;
    whenIdle(context, () => {
      sent = text;
      close();
      context.goToEnd();
      post({ type: 'turn-edit', turnId, text });
    });
  }

  function listen(area: HTMLTextAreaElement): void {
    const ime = createImeGuard(area);
    area.addEventListener('input', () => {
      edits.set(turnId, area.value);
      render(content(area.value), place);
    });
    area.addEventListener('keydown', (event) => {
      if (ime.owns(event)) return;
      if (event.key === 'Escape') {
        // The composer would stop the answer.
        event.stopPropagation();
        close();
      } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        send(area);
      }
    });
  }

  function content(text: string): TemplateResult {
    const onSend = (): void => {
      const area = place.querySelector('textarea');
      if (area) send(area);
    };
    return html`<div class="question-editor">
      <textarea class="field" rows="1" dir=${directionOf(text)} aria-label=${l10n.t('Edit question')} .defaultValue=${text}></textarea>
      <div class="button-row">
        <button type="button" class="text-button primary ${asksClass}" title=${l10n.t('Send (Enter)')}
          ?disabled=${text.trim() === ''} @click=${onSend}>${l10n.t('Send')}</button>
        <button type="button" class="text-button" title=${l10n.t('Cancel (Esc)')}
          @click=${close}>${l10n.t('Cancel')}</button>
        <span class="hint busy-hint">${l10n.t('An answer is coming. Stop it first, or wait for its end.')}</span>
      </div>
    </div>`;
  }

  return {
    open(question) {
      const text = edits.get(turnId) ?? sent ?? question;
      edits.set(turnId, text);
      const area = show(text);
      area?.focus();
      area?.setSelectionRange(text.length, text.length);
    },
    restore() {
      const text = edits.get(turnId);
      if (text !== undefined) show(text);
    },
  };
}
