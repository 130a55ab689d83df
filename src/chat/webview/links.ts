/** Handles clicks in rendered answers: links, file links, and the buttons of code blocks. */

import { takeKey } from '../../ui/webview/dom.ts';
import { handleCodeClick } from './codeActions.ts';
import type { PostAnswer } from './host.ts';

/** Sends clicked links to the host, which shows the address before it opens; the browser never follows one. */
export function handleAnswerClicks(root: HTMLElement, post: PostAnswer): void {
  const onClick = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target : undefined;
    const link = target?.closest('a[href]');
    const file = target?.closest('[data-file]');
    if (link) followLink(link, event, post);
    else if (file) {
      if (event.button <= 1) openFile(file, post);
    } else if (target && event.type === 'click') handleCodeClick(target, post);
  };
  root.addEventListener('click', onClick);
  root.addEventListener('auxclick', onClick);
  root.addEventListener('keydown', (event) => {
    const file =
      event.target instanceof Element && event.target.matches('[data-file]') ? event.target : undefined;
    if (!file || event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
    takeKey(event);
    openFile(file, post);
  });
  // A dragged link could be dropped where the browser follows it.
  root.addEventListener('dragstart', (event) => {
    if (event.target instanceof Element && event.target.closest('a[href]')) event.preventDefault();
  });
}

function openFile(element: Element, post: PostAnswer): void {
  // The click ended a selection.
  if (getSelection()?.isCollapsed === false && !element.matches(':focus-visible')) return;
  post({ type: 'file-open', reference: element.getAttribute('data-file') ?? '' });
}

function followLink(link: Element, event: MouseEvent, post: PostAnswer): void {
  event.preventDefault();
  // VS Code's own handler on the document would open the address without asking.
  event.stopPropagation();
  const href = link.getAttribute('href');
  if (href && event.button !== 2) post({ type: 'link-open', href });
}
