/** One place for clicks inside rendered answers: links and the buttons of code blocks. */

import { takeKey } from '../../ui/webview/dom.ts';
import { handleCodeClick } from './codeActions.ts';
import type { PostAnswer } from './host.ts';

/** Sends links to the host, which shows the address before anything opens; the browser never follows one. */
export function handleAnswerClicks(root: HTMLElement, post: PostAnswer): void {
  root.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const link = target?.closest('a[href]');
    if (link) return followLink(link, event, post);
    const file = target?.closest('[data-file]');
    if (file) return openFile(file, post);
    if (target) handleCodeClick(target, post);
  });
  root.addEventListener('auxclick', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const link = target?.closest('a[href]');
    if (link) followLink(link, event, post);
    const file = target?.closest('[data-file]');
    if (file && event.button === 1) openFile(file, post);
  });
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
  // A click that ends a selection is no wish to leave.
  if (getSelection()?.isCollapsed === false && !element.matches(':focus-visible')) return;
  post({ type: 'file-open', reference: element.getAttribute('data-file') ?? '' });
}

function followLink(link: Element, event: MouseEvent, post: PostAnswer): void {
  event.preventDefault();
  // VS Code's own handler sits on the document and would open the address without asking.
  event.stopPropagation();
  const href = link.getAttribute('href');
  if (href && event.button !== 2) post({ type: 'link-open', href });
}
