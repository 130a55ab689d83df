/** The DOM of a code block: a header with language and Copy button above code that scrolls inside itself. */

import type { MarkdownLabels } from './labels.ts';
import { isText } from './nodeKinds.ts';

/** Creates the block; its text may grow afterwards through `codeText`. */
export function createCodeBlock(
  language: string,
  text: string,
  document: Document,
  labels: MarkdownLabels,
): HTMLElement {
  const name = document.createElement('span');
  name.className = 'code-language';
  name.textContent = language;
  const icon = document.createElement('span');
  icon.className = 'codicon codicon-copy';
  icon.setAttribute('aria-hidden', 'true');
  const copy = document.createElement('button');
  copy.className = 'icon-button code-copy';
  copy.setAttribute('type', 'button');
  copy.setAttribute('title', labels.copyCode);
  copy.setAttribute('aria-label', labels.copyCode);
  copy.append(icon);
  const header = document.createElement('div');
  header.className = 'code-header';
  header.append(name, copy);

  const code = document.createElement('code');
  if (language) code.className = `language-${language}`;
  code.append(document.createTextNode(text));
  const pre = document.createElement('pre');
  // Reachable by keyboard, since it scrolls.
  pre.setAttribute('tabindex', '0');
  pre.append(code);

  const block = document.createElement('div');
  block.className = 'code-block';
  block.append(header, pre);
  return block;
}

/** The text node that holds the code, as long as it was not highlighted. */
export function codeText(block: Node | null | undefined): Text | undefined {
  const text = block?.lastChild?.firstChild?.firstChild;
  return isText(text) ? text : undefined;
}

/** The code of the block a Copy button belongs to, without the line break that ends the fence. */
export function codeOfCopyButton(button: Element): string | undefined {
  return button.closest('.code-block')?.querySelector('pre > code')?.textContent?.replace(/\n$/, '');
}
