/** What holds for this conversation: its system prompt, and one field per parameter, checked while it is filled in. */

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ModelParameters, ParameterName, ParameterRule } from '../../../llm/chatModel.ts';
import { iconButton } from '../../../ui/webview/dom.ts';
import type { Popover } from '../../../ui/webview/popover.ts';
import { createThrottle } from '../../../ui/webview/throttle.ts';
import { formatString, type PanelStrings } from '../../common/panelStrings.ts';
import type { ComposerState, ConversationView } from '../../common/protocol.ts';
import { fieldText, parseField, rangeText, stopText } from './parameterValues.ts';
import { createSystemPromptField } from './systemPromptField.ts';

export interface ParameterForm {
  open(
    button: HTMLElement,
    state: { composer: ComposerState; conversation: ConversationView; strings: PanelStrings },
  ): void;
}

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

export function createParameterForm(popover: Popover, actions: ParameterFormActions): ParameterForm {
  const systemPrompt = createSystemPromptField(actions.changeSystemPrompt);
  /** What stands in each field; kept so that a wrong text stays to be corrected. */
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

  return {
    open(button, { composer, conversation, strings }) {
      texts = {};
      parameters = composer.parameters;
      suggested = composer.suggested ?? {};
      systemPrompt.open(conversation.systemPrompt);
      // What waits belongs to this conversation: it must not be sent when another one is in sight.
      const onClose = () => {
        systemPrompt.flush();
        changes.flush();
      };
      redraw = () => {
        const content = view(composer, strings);
        popover.show({ owner: button, label: strings['parameters.open'], content, onClose });
      };
      redraw();
      document.getElementById('system-prompt')?.focus();
    },
  };

  function view(composer: ComposerState, strings: PanelStrings): TemplateResult {
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
        <h2>${strings['conversationSettings.title']}</h2>
        ${iconButton({ icon: 'close', label: strings['popover.close'], onClick: () => popover.close(true) })}
      </div>
      <div class="popover-body parameters">
      <p class="hint">${strings['conversationSettings.scope']}</p>
      ${systemPrompt.view(strings)}
      <h3>${formatString(strings['parameters.title'], composer.modelName)}</h3>
      ${names.length === 0 ? html`<p class="empty">${strings['parameters.none']}</p>` : nothing}
      <div class="parameter-grid">
        ${names.map((name) => {
          const rule = composer.rules[name];
          return rule ? field(name, rule, strings) : nothing;
        })}
      </div>
      ${
        names.length === 0
          ? nothing
          : html`<div class="button-row"><vscode-button secondary @click=${reset}>${strings['parameters.reset']}</vscode-button></div>`
      }
    </div>`;
  }

  function field(name: ParameterName, rule: ParameterRule, strings: PanelStrings): TemplateResult {
    const id = `parameter-${name}`;
    const text = texts[name] ?? fieldText(parameters[name]);
    const wrong = !parseField(rule, text).ok;
    const hint = hintOf(rule, wrong, strings);
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
      <label for=${id}>${strings[`parameter.${name}`]}</label>
      ${control({ id, rule, text, wrong, standard: standardOf(rule, suggested[name], strings), strings, onInput })}
      ${hint === '' ? nothing : html`<div class="hint ${wrong ? 'wrong' : ''}" id="${id}-hint">${hint}</div>`}
    </div>`;
  }
}

interface Control {
  id: string;
  rule: ParameterRule;
  text: string;
  wrong: boolean;
  /** What an empty field means, in words. */
  standard: string;
  strings: PanelStrings;
  onInput: (event: Event) => void;
}

function control({ id, rule, text, wrong, standard, strings, onInput }: Control): TemplateResult {
  switch (rule.type) {
    case 'boolean':
      return html`<select id=${id} class="field" @change=${onInput}>
        <option value="" ?selected=${text === ''}>${standard}</option>
        <option value="true" ?selected=${text === 'true'}>${strings['parameters.on']}</option>
        <option value="false" ?selected=${text === 'false'}>${strings['parameters.off']}</option>
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

/** What Qiao sends goes before what the platform would take. */
function standardOf(
  rule: ParameterRule,
  suggested: ModelParameters[ParameterName],
  strings: PanelStrings,
): string {
  const known = suggested ?? ('default' in rule ? rule.default : undefined);
  if (known === undefined) return strings['parameters.platformDefault'];
  const text =
    typeof known === 'boolean' ? strings[known ? 'parameters.on' : 'parameters.off'] : fieldText(known);
  return formatString(strings['parameters.default'], text);
}

function hintOf(rule: ParameterRule, wrong: boolean, strings: PanelStrings): string {
  if (rule.type === 'boolean') return '';
  if (rule.type === 'stop') return stopText(rule, strings);
  const range = rangeText(rule, strings);
  if (!wrong) return range;
  return formatString(
    strings[rule.type === 'integer' ? 'parameters.mustBeInteger' : 'parameters.mustBe'],
    range,
  );
}
