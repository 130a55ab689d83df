/** The DOM of a code block: a header with language and buttons above code that scrolls inside itself. */

import * as l10n from '@vscode/l10n';
import { isText } from './nodeKinds.ts';
import type { CodeNode } from './nodes.ts';

/** Creates the block; its text may grow afterwards through `codeText`. Until it is finished it can only be copied. */
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

  const code = document.createElement('code');
  if (language) code.className = `language-${language}`;
  code.append(document.createTextNode(text));
  const pre = document.createElement('pre');
  // Reachable by keyboard, since it scrolls.
  pre.setAttribute('tabindex', '0');
  pre.append(code);

  const block = document.createElement('div');
  block.className = 'code-block';
  if (info) block.setAttribute('data-info', info);
  block.append(header, pre);
  return block;
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
    // Before Copy, so that at rest what is in sight stands together at the edge.
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

/** The text node that holds the code, as long as it was not highlighted. */
export function codeText(block: Node | null | undefined): Text | undefined {
  const text = block?.lastChild?.firstChild?.firstChild;
  return isText(text) ? text : undefined;
}

/** What a button of a code block works on. */
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
