/** Edits the settings of the open chat: its system prompt, and one validated field per parameter. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ModelParameters, ParameterName, ParameterRule } from '../../../llm/chatModel.ts';
import { iconButton } from '../../../ui/webview/dom.ts';
import type { Popover } from '../../../ui/webview/popover.ts';
import { createThrottle } from '../../../ui/webview/throttle.ts';
import type { ComposerState, ConversationView } from '../../common/protocol.ts';
import { fieldText, parseField, rangeText, stopText } from './parameterValues.ts';
import { createSystemPromptField } from './systemPromptField.ts';

type ChatState = { composer: ComposerState; conversation: ConversationView };

export interface ParameterFormActions {
  changeParameters(parameters: ModelParameters): void;
  changeSystemPrompt(text: string): void;
}

const order: readonly ParameterName[] = [
  'temperature',
  'topP',
  'topK',
  'maxOutputTokens',
  'seed',
  'repetitionPenalty',
  'presencePenalty',
  'enableThinking',
  'thinkingBudget',
  'stop',
];

/** Returns a function that opens the form at a button. */
export function createParameterForm(
  popover: Popover,
  actions: ParameterFormActions,
): (button: HTMLButtonElement, state: ChatState) => void {
  const systemPrompt = createSystemPromptField(actions.changeSystemPrompt);
  /** The text of each field, invalid ones too, so that the user can correct them. */
  let texts: Partial<Record<ParameterName, string>> = {};
  let parameters: ModelParameters = {};
  let suggested: ModelParameters = {};
  let redraw = (): void => {};
  // Each change may become a line in a settings file.
  const changes = createThrottle(300, actions.changeParameters);

  function edit(name: ParameterName, rule: ParameterRule, text: string): void {
    texts = { ...texts, [name]: text };
    const parsed = parseField(rule, text);
    if (parsed.ok && fieldText(parameters[name]) !== fieldText(parsed.value)) {
      parameters = { ...parameters, [name]: parsed.value };
      changes.push(parameters);
    }
    redraw();
  }

  return (button, { composer, conversation }) => {
    texts = {};
    parameters = composer.parameters;
    suggested = composer.suggested ?? {};
    systemPrompt.open(conversation.systemPrompt);
    // Pending changes belong to this chat: send them before another one is shown.
    const onClose = () => {
      systemPrompt.flush();
      changes.flush();
    };
    redraw = () => {
      const content = view(composer);
      popover.show({ owner: button, label: l10n.t('Parameters and System Prompt'), content, onClose });
    };
    redraw();
    document.getElementById('system-prompt')?.focus();
  };

  function view(composer: ComposerState): TemplateResult {
    const names = order.filter((name) => composer.rules[name]);
    const reset = () => {
      texts = {};
      parameters = Object.fromEntries(
        Object.entries(parameters).filter(([name]) => !order.some((known) => known === name)),
      );
      changes.push(parameters);
      redraw();
    };
    return html`<div class="popover-header">
        <h2>${l10n.t('Settings of This Chat')}</h2>
        ${iconButton({ icon: 'close', label: l10n.t('Close'), onClick: () => popover.close(true) })}
      </div>
      <div class="popover-body parameters">
      <p class="hint">${l10n.t('Model, parameters and system prompt hold for this chat. New ones begin with the model and parameters chosen last.')}</p>
      ${systemPrompt.view()}
      <h3>${l10n.t('Parameters of {0}', composer.modelName)}</h3>
      ${names.length === 0 ? html`<p class="empty">${l10n.t('This model takes no parameters.')}</p>` : nothing}
      <div class="parameter-grid">
        ${names.map((name) => {
          const rule = composer.rules[name];
          return rule ? field(name, rule) : nothing;
        })}
      </div>
      ${
        names.length === 0
          ? nothing
          : html`<div class="button-row"><vscode-button secondary @click=${reset}>${l10n.t('Reset')}</vscode-button></div>`
      }
    </div>`;
  }

  function field(name: ParameterName, rule: ParameterRule): TemplateResult {
    const id = `parameter-${name}`;
    const text = texts[name] ?? fieldText(parameters[name]);
    const wrong = !parseField(rule, text).ok;
    const hint = hintOf(rule, wrong);
    const onInput = ({ target }: Event) => {
      if (
        target instanceof HTMLInputElement ||
        target instanceof HTMLTextAreaElement ||
        target instanceof HTMLSelectElement
      ) {
        edit(name, rule, target.value);
      }
    };
    return html`<div class="parameter ${rule.type === 'stop' ? 'wide' : ''}">
      <label for=${id}>${nameOf(name)}</label>
      ${control({ id, rule, text, wrong, standard: standardOf(rule, suggested[name]), onInput })}
      ${hint === '' ? nothing : html`<div class="hint ${wrong ? 'wrong' : ''}" id="${id}-hint">${hint}</div>`}
    </div>`;
  }
}

function nameOf(name: ParameterName): string {
  const names: Record<ParameterName, string> = {
    temperature: l10n.t('Temperature'),
    topP: l10n.t('Top P'),
    topK: l10n.t('Top K'),
    maxOutputTokens: l10n.t('Maximum output tokens'),
    seed: l10n.t('Seed'),
    stop: l10n.t('Stop sequences'),
    repetitionPenalty: l10n.t('Repetition penalty'),
    presencePenalty: l10n.t('Presence penalty'),
    enableThinking: l10n.t('Thinking'),
    thinkingBudget: l10n.t('Thinking budget (tokens)'),
  };
  return names[name];
}

interface Control {
  id: string;
  rule: ParameterRule;
  text: string;
  wrong: boolean;
  /** The text for an empty field. */
  standard: string;
  onInput: (event: Event) => void;
}

function control({ id, rule, text, wrong, standard, onInput }: Control): TemplateResult {
  switch (rule.type) {
    case 'boolean':
      return html`<select id=${id} class="field" @change=${onInput}>
        <option value="" ?selected=${text === ''}>${standard}</option>
        <option value="true" ?selected=${text === 'true'}>${l10n.t('On')}</option>
        <option value="false" ?selected=${text === 'false'}>${l10n.t('Off')}</option>
      </select>`;
    case 'stop':
      return html`<textarea id=${id} class="field" rows="2" spellcheck="false" aria-describedby="${id}-hint"
        aria-invalid=${wrong ? 'true' : 'false'} .value=${live(text)} @input=${onInput}></textarea>`;
    default:
      return html`<input id=${id} class="field" type="text" inputmode="decimal" autocomplete="off"
        aria-invalid=${wrong ? 'true' : 'false'} aria-describedby="${id}-hint" .value=${live(text)} @input=${onInput}
        placeholder=${standard} />`;
  }
}

/** The value that Qiao sends unless the user sets one, else the platform's default. */
function standardOf(rule: ParameterRule, suggested: ModelParameters[ParameterName]): string {
  const known = suggested ?? ('default' in rule ? rule.default : undefined);
  if (known === undefined) return l10n.t('Platform default');
  const text = typeof known === 'boolean' ? (known ? l10n.t('On') : l10n.t('Off')) : fieldText(known);
  return l10n.t('Default: {0}', text);
}

function hintOf(rule: ParameterRule, wrong: boolean): string {
  if (rule.type === 'boolean') return '';
  if (rule.type === 'stop') return stopText(rule);
  const range = rangeText(rule);
  if (!wrong) return range;
  return rule.type === 'integer'
    ? l10n.t('Must be a whole number, {0}.', range)
    : l10n.t('Must be {0}.', range);
}
