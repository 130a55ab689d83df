/** Helpers for the controls of pages: icons, icon buttons, and keys. */

import { html, nothing, type TemplateResult } from 'lit';

/** Marks a key as handled. Unhandled keys must reach the window, since VS Code handles keys that arrive there. */
export function takeKey(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

/** An icon of VS Code's font; decoration only, its meaning stands in text or label beside it. */
export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

export interface IconButton {
  icon: string;
  label: string;
  onClick: (event: Event) => void;
  /** More class names. */
  className?: string;
  disabled?: boolean;
  /** -1: reached by other keys than Tab. */
  tabIndex?: number;
}

/** A button that is one icon; `tooltip.ts` shows its label. */
export function iconButton(button: IconButton): TemplateResult {
  return html`<button
    type="button"
    class="icon-button ${button.className ?? ''}"
    aria-label=${button.label}
    ?disabled=${button.disabled ?? false}
    tabindex=${button.tabIndex ?? nothing}
    @click=${button.onClick}
  >${icon(button.icon)}</button>`;
}

/** Shows for a moment that something was copied: icon and name of the button change and change back. */
export function showCopied(button: Element, copied: string): void {
  const glyph = button.querySelector('.codicon');
  const label = button.getAttribute('aria-label') ?? '';
  if (!glyph || label === copied) return;
  setCopyState(button, glyph, { icon: 'codicon codicon-check', label: copied });
  setTimeout(() => setCopyState(button, glyph, { icon: 'codicon codicon-copy', label }), 1500);
}

function setCopyState(button: Element, glyph: Element, state: { icon: string; label: string }): void {
  glyph.className = state.icon;
  button.setAttribute('aria-label', state.label);
}
