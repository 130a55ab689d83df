/** The chips of the composer: their buttons and menu, and the keys that go from one to the next. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import { icon } from '../../../../ui/webview/dom.ts';
import { clickOnContextMenu, type MenuItem, openMenu } from '../../../../ui/webview/menu.ts';
import type { AttachmentView, ComposerState } from '../../../common/protocol.ts';
import type { Post } from '../../host.ts';
import { attachmentList } from '../../transcript/attachmentList.ts';

export interface ComposerAttachments {
  draw(composer: ComposerState): void;
}

/** Fills `root`. `leave` puts the caret into the draft. */
export function createComposerAttachments(
  root: HTMLElement,
  post: Post,
  leave: () => void,
): ComposerAttachments {
  let shown: ComposerState | undefined;
  root.addEventListener('keydown', onKey);
  clickOnContextMenu(root, (target) => itemOf(target)?.querySelector<HTMLElement>('.chip-more'));
  // One chip is in the order of Tab, the last that had the focus.
  root.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.matches('.chip-open')) setStop(target);
  });

  function onKey(event: KeyboardEvent): void {
    const chip = itemOf(event.target);
    if (!chip || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!act(event, chip)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Whether the key was for the chips. */
  function act({ key, shiftKey }: KeyboardEvent, chip: HTMLElement): boolean {
    const stops = [...root.querySelectorAll<HTMLElement>('.chip-open')];
    const index = stops.findIndex((stop) => chip.contains(stop));
    const next: Readonly<Record<string, number>> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      Home: 0,
      End: stops.length - 1,
    };
    if (key === 'Delete' || key === 'Backspace') {
      const { id } = chip.dataset;
      (stops[index + 1] ?? stops[index - 1])?.focus();
      if (stops.length <= 1) leave();
      if (id !== undefined) post({ type: 'attachment-remove', id });
      return true;
    }
    if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
      chip.querySelector<HTMLElement>('.chip-more')?.click();
      return true;
    }
    const target = shiftKey ? undefined : next[key];
    if (target === undefined) return false;
    stops[target]?.focus();
    return true;
  }

  function setStop(current: HTMLElement | undefined): void {
    for (const stop of root.querySelectorAll<HTMLElement>('.chip-open'))
      stop.tabIndex = stop === current ? 0 : -1;
  }

  function buttons({ id, name, ready }: AttachmentView): TemplateResult {
    const change = (action: 'pin' | 'confirm') => () => post({ type: 'attachment-change', action, id });
    const more = l10n.t('Actions for {0}', name);
    const remove = l10n.t('Remove {0}', name);
    const pin = l10n.t('Pin {0} as it is now', name);
    return html`${
      ready?.blockReason === undefined
        ? nothing
        : html`<button type="button" class="chip-confirm" aria-label=${l10n.t('Send {0} anyway', name)}
            @click=${change('confirm')}>${l10n.t('Send Anyway')}</button>`
    }<button type="button" class="chip-tool chip-more" tabindex="-1" aria-label=${more}
      aria-haspopup="menu" aria-expanded="false"
      @click=${({ currentTarget }: Event) => {
        if (currentTarget instanceof HTMLButtonElement) openMenu(currentTarget, menuOf(id));
      }}>${icon('ellipsis')}</button>${
        ready?.implicit
          ? html`<button type="button" class="chip-tool chip-pin" tabindex="-1" aria-label=${pin}
              @click=${change('pin')}>${icon('pin')}</button>`
          : nothing
      }<button type="button" class="chip-tool chip-remove" tabindex="-1" aria-label=${remove}
      @click=${() => {
        post({ type: 'attachment-remove', id });
        leave();
      }}>${icon('close')}</button>`;
  }

  function menuOf(id: string): MenuItem[] {
    const attachment = shown?.attachments.find((one) => one.id === id);
    if (!attachment) return [];
    const { canOpen, ready } = attachment;
    const change = (action: 'refresh' | 'pin' | 'confirm') => () =>
      post({ type: 'attachment-change', action, id });
    const item = (wanted: boolean, label: string, glyph: string, run: () => void): MenuItem[] =>
      wanted ? [{ label, icon: glyph, run }] : [];
    return [
      ...item(canOpen, l10n.t('Open'), 'go-to-file', () => post({ type: 'attachment-open', id })),
      ...item(ready?.blockReason !== undefined, l10n.t('Send Anyway'), 'unlock', change('confirm')),
      ...item(ready?.implicit === true, l10n.t('Pin as It Is Now'), 'pin', change('pin')),
      ...item(ready?.canRefresh === true, l10n.t('Read Again'), 'refresh', change('refresh')),
      ...item(true, l10n.t('Remove'), 'close', () => {
        post({ type: 'attachment-remove', id });
        leave();
      }),
    ];
  }

  return {
    draw(composer) {
      shown = composer;
      const current = itemOf(root.querySelector('.chip-open[tabindex="0"]'));
      const tools = {
        buttons: (attachment: AttachmentView) => buttons(attachment),
        remarks: (attachment: AttachmentView) => remarks(attachment, composer),
        warning: (attachment: AttachmentView) =>
          isBlocked(attachment) ? 'lock' : isUnseen(attachment, composer) ? 'warning' : undefined,
        keys: 'Delete Shift+F10',
      };
      const open = (id: string) => post({ type: 'attachment-open', id });
      render(attachmentList(composer.attachments, { open, tools }), root);
      const kept = current?.isConnected ? current : root.querySelector('.chip');
      setStop(kept?.querySelector<HTMLElement>('.chip-open') ?? undefined);
    },
  };
}

/** Whether the user must decide about it. */
export function isBlocked({ ready }: AttachmentView): boolean {
  return ready?.blockReason !== undefined;
}

/** Whether it is an image for a model that takes none. */
export function isUnseen({ kind }: AttachmentView, { imageInput }: ComposerState): boolean {
  return kind === 'image' && imageInput === false;
}

function remarks(attachment: AttachmentView, composer: ComposerState): string[] {
  const { ready } = attachment;
  return [
    ...(ready?.blockReason === undefined ? [] : [ready.blockReason]),
    ...(isUnseen(attachment, composer) ? [l10n.t('{0} does not see images', composer.modelName)] : []),
    ...(ready?.implicit ? [l10n.t('Follows the editor until it is pinned')] : []),
    ...(ready?.repeated
      ? [l10n.t('Already in this chat: it goes along again when it changes or is pinned')]
      : []),
    ...(ready?.byCommand ? [l10n.t('Attached by the slash command')] : []),
    l10n.t('Delete: remove. Shift+F10: more.'),
  ];
}

function itemOf(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element ? target.closest<HTMLElement>('.chip') : undefined) ?? undefined;
}
