/** Renders the question of a turn: text, attachments, buttons, and the choice of its versions. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import { markedText } from '../../../ui/webview/hiddenMarks.ts';
import { leadingCommand } from '../composer/suggest/trigger.ts';
import type { PanelTurn } from '../state.ts';
import { actionButton, copyButton } from './actionButton.ts';
import { attachmentList } from './attachmentList.ts';
import { createQuestionEditor } from './questionEditor.ts';
import type { TurnContext } from './turnContext.ts';

/** Fills `root`, with the editor open if an edit was begun before; returns a function that shows the changed turn. */
export function createQuestionPart(
  root: HTMLElement,
  first: PanelTurn,
  context: TurnContext,
): (turn: PanelTurn) => void {
  const shown = document.createElement('div');
  shown.className = 'question-shown';
  const place = document.createElement('div');
  root.append(shown, place);
  let turn = first;
  const editor = createQuestionEditor(place, {
    turnId: first.id,
    context,
    onToggle(open) {
      shown.hidden = open;
      if (!open) shown.querySelector<HTMLElement>('[data-action="edit"]')?.focus();
    },
  });
  const edit = (): void => editor.open(turn.question);
  update(first);
  editor.restore();

  function update(next: PanelTurn): void {
    turn = next;
    render(content(turn, context, edit), shown);
  }

  return update;
}

function content(turn: PanelTurn, context: TurnContext, edit: () => void): TemplateResult {
  const { post } = context;
  const open = (id: string): void => post({ type: 'attachment-open', id });
  return html`
    ${turn.question === '' ? nothing : html`<div class="question-text" dir="auto">${questionText(turn.question, context)}</div>`}
    ${attachmentList(turn.attachments, { open })}
    <div class="turn-tools question-tools">
      ${branches(turn, context)}
      <span class="on-demand">
        ${actionButton({ action: 'edit', icon: 'edit', label: l10n.t('Edit Question'), onClick: edit })}
        ${copyButton(
          { action: 'copy-question', label: l10n.t('Copy Question'), text: () => turn.question },
          context,
        )}
      </span>
    </div>
  `;
}

/** The question with its slash command emphasised. */
function questionText(question: string, { commands }: TurnContext): TemplateResult {
  const command = leadingCommand(question, commands);
  if (!command) return html`${markedText(question)}`;
  const end = question.indexOf('/') + 1 + command.name.length;
  return html`<strong class="question-command">${question.slice(0, end).trimStart()}</strong>${markedText(question.slice(end))}`;
}

function branches({ branch }: PanelTurn, context: TurnContext): TemplateResult | typeof nothing {
  if (!branch) return nothing;
  const { index, count, previousId, nextId } = branch;
  const step = (action: string, glyph: string, turnId: string | undefined): TemplateResult =>
    actionButton({
      action: `branch-${action}`,
      icon: glyph,
      label: action === 'previous' ? l10n.t('Previous Version') : l10n.t('Next Version'),
      disabled: turnId === undefined,
      onClick: (button) => turnId !== undefined && context.selectBranch(turnId, button),
    });
  const position = l10n.t('Version {0} of {1}', index + 1, count);
  return html`<span class="branches" role="group" aria-label=${position} dir="ltr">
    ${step('previous', 'chevron-left', previousId)}
    <span title=${position} aria-hidden="true">${index + 1}/${count}</span>
    ${step('next', 'chevron-right', nextId)}
  </span>`;
}
