/** Makes links of what names a file that is there: inline code, and places with a line in running text. */

import { formatFileReference, parseFileReference, referencesIn } from '../../base/common/fileReference.ts';
import { keepSelection } from '../../ui/markdown/keepSelection.ts';
import { isText } from '../../ui/markdown/nodeKinds.ts';
import type { PostAnswer } from './host.ts';

/** Of one piece of an answer; what follows stays text. */
const mostReferences = 100;
/** The host takes no more in one message. */
const mostAsked = 1000;

/** What the host was asked about, and which of it is there. */
const known = new Map<string, 'asked' | 'there'>();
/** Pieces that name files of which nothing is known yet. */
let waiting: Element[] = [];
let unasked: string[] = [];

/** Marks a finished piece of an answer, now or when the host has looked. */
export function markFileLinks(element: Element, post: PostAnswer): void {
  const named = namedIn(element);
  if (named.length === 0) return;
  const asks = named.filter((name) => !known.has(name));
  for (const name of asks) known.set(name, 'asked');
  if (named.some((name) => known.get(name) === 'there')) mark(element);
  if (named.some((name) => known.get(name) === 'asked')) waiting.push(element);
  if (asks.length === 0) return;
  // One question for all that is painted together.
  if (unasked.length === 0)
    queueMicrotask(() => {
      for (let from = 0; from < unasked.length; from += mostAsked)
        post({ type: 'files-resolve', references: unasked.slice(from, from + mostAsked) });
      unasked = [];
    });
  unasked.push(...asks);
}

/** `there`: of those that were asked about. What is not may be there the next time it is named. */
export function takeFoundFiles(there: readonly string[], asked: readonly string[]): void {
  for (const name of asked) known.delete(name);
  for (const name of there) known.set(name, 'there');
  const looked = waiting;
  waiting = looked.filter((element) => namedIn(element).some((name) => known.get(name) === 'asked'));
  for (const element of looked) if (element.isConnected) mark(element);
}

/** Nothing in blocks of code, and nothing that is a link already. */
const leftAlone = 'a, pre, [data-file], .formula, .hidden-mark';

function namedIn(element: Element): string[] {
  const names = new Set<string>();
  for (const code of codesIn(element)) {
    const name = nameOf(code);
    if (name !== undefined) names.add(name);
  }
  for (const text of textsIn(element))
    for (const { reference } of referencesIn(text.data)) names.add(formatFileReference(reference));
  return [...names].slice(0, mostReferences);
}

function mark(element: Element): void {
  keepSelection(element.closest('.markdown') ?? element, () => {
    for (const code of codesIn(element)) {
      const name = nameOf(code);
      if (name !== undefined && known.get(name) === 'there') makeLink(code, name);
    }
    for (const text of textsIn(element)) {
      // From the end, so that the places before stay where they are.
      for (const { start, end, reference } of referencesIn(text.data).toReversed()) {
        const name = formatFileReference(reference);
        if (known.get(name) !== 'there') continue;
        const found = text.splitText(start);
        found.splitText(end - start);
        const link = document.createElement('a');
        found.replaceWith(link);
        link.append(found);
        makeLink(link, name);
      }
    }
  });
}

function makeLink(element: Element, name: string): void {
  element.classList.add('file-link');
  element.setAttribute('data-file', name);
  element.setAttribute('role', 'link');
  element.setAttribute('tabindex', '0');
  element.setAttribute('title', name);
}

function codesIn(element: Element): Element[] {
  return Array.from(element.querySelectorAll('code')).filter((code) => !code.closest(leftAlone));
}

/** All of it names a file, in a folder or with a line: `Node.js` is none. */
function nameOf(code: Element): string | undefined {
  const reference = parseFileReference(code.textContent ?? '');
  return reference && (reference.path.includes('/') || reference.line !== undefined)
    ? formatFileReference(reference)
    : undefined;
}

function textsIn(element: Element): Text[] {
  const texts: Text[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (isText(node) && !node.parentElement?.closest(`code, ${leftAlone}`)) texts.push(node);
  return texts;
}
