/** Creates the DOM of code blocks: with a header and buttons, or plain as the specifications have it. */

import * as l10n from '@vscode/l10n';
import { isText } from './nodeKinds.ts';
import type { CodeNode } from './nodes.ts';

/** A block with header and copy button. Its text may grow through `codeText`; `addCodeTools` adds the other buttons. */
export function createCodeBlock({ language, info, text }: CodeNode, document: Document): HTMLElement {
  const name = document.createElement('span');
  name.className = 'code-language';
  name.textContent = language;
  const tools = document.createElement('div');
  tools.className = 'code-tools';
  tools.append(toolButton(document, { className: 'code-copy', icon: 'copy', label: l10n.t('Copy Code') }));
  const header = document.createElement('div');
  header.className = 'code-header';
  header.append(name, tools);

  const pre = createPlainCode(language, text, document);
  // Reachable by keyboard, since it scrolls.
  pre.setAttribute('tabindex', '0');

  const block = document.createElement('div');
  block.className = 'code-block';
  if (info) block.setAttribute('data-info', info);
  block.append(header, pre);
  return block;
}

/** The block of the specifications: `pre` with `code`. Its text may grow through `codeText`. */
export function createPlainCode(language: string, text: string, document: Document): HTMLElement {
  const code = document.createElement('code');
  if (language) code.className = `language-${language}`;
  code.append(document.createTextNode(text));
  const pre = document.createElement('pre');
  pre.append(code);
  return pre;
}

/** Gives the finished code blocks in `element` the buttons that use their code, once. */
export function addCodeTools(element: Element): void {
  const places = [...element.querySelectorAll('.code-tools')];
  for (const tools of places.filter(({ childElementCount }) => childElementCount === 1)) {
    const document = tools.ownerDocument;
    const more = toolButton(document, {
      className: 'code-more',
      icon: 'ellipsis',
      label: l10n.t('More Actions for This Code'),
    });
    more.setAttribute('aria-haspopup', 'menu');
    more.setAttribute('aria-expanded', 'false');
    // At rest only Copy and More are visible: they stay together at the edge.
    tools.prepend(
      toolButton(document, { className: 'code-insert', icon: 'insert', label: l10n.t('Insert at Cursor') }),
      toolButton(document, {
        className: 'code-apply',
        icon: 'git-pull-request-go-to-changes',
        label: l10n.t('Apply to File'),
      }),
    );
    tools.append(more);
  }
}

/** The text node with the code of a block of either kind; `undefined` once it is highlighted. */
export function codeText(block: Node | null | undefined): Text | undefined {
  const pre = block?.nodeName.toUpperCase() === 'PRE' ? block : block?.lastChild;
  const text = pre?.firstChild?.firstChild;
  return isText(text) ? text : undefined;
}

export interface BlockCode {
  /** Without the line break that ends the fence. */
  code: string;
  /** The fence's info string. */
  info: string;
}

/** The code of the block that an element stands in. */
export function codeAround(element: Element): BlockCode | undefined {
  const block = element.closest('.code-block');
  const code = block?.querySelector('pre > code')?.textContent?.replace(/\n$/, '');
  return code === undefined ? undefined : { code, info: block?.getAttribute('data-info') ?? '' };
}

function toolButton(
  document: Document,
  { className, icon, label }: { className: string; icon: string; label: string },
): HTMLElement {
  const glyph = document.createElement('span');
  glyph.className = `codicon codicon-${icon}`;
  glyph.setAttribute('aria-hidden', 'true');
  const button = document.createElement('button');
  button.className = `icon-button ${className}`;
  button.setAttribute('type', 'button');
  button.setAttribute('aria-label', label);
  button.append(glyph);
  return button;
}
