/** Makes links of file names in answers that exist: inline code, and references with a line in running text. */

import { formatFileReference, parseFileReference, referencesIn } from '../../base/common/fileReference.ts';
import { keepSelection } from '../../ui/markdown/keepSelection.ts';
import { textNodesIn } from '../../ui/markdown/nodeKinds.ts';
import type { PostAnswer } from './host.ts';

/** References in one piece of an answer; later ones stay text. */
const mostReferences = 100;
/** References in one message: the limit of `files-resolve`. */
const mostAsked = 1000;

/** The references the host was asked about, and which of them exist. */
const known = new Map<string, 'asked' | 'there'>();
/** Pieces that wait for the host's reply. */
let waiting: Element[] = [];
let unasked: string[] = [];

/** Adds links to a finished piece of an answer, now or after the host's reply. */
export function markFileLinks(element: Element, post: PostAnswer): void {
  const named = namedIn(element);
  if (named.length === 0) return;
  const asks = named.filter((name) => !known.has(name));
  for (const name of asks) known.set(name, 'asked');
  if (named.some((name) => known.get(name) === 'there')) mark(element);
  if (named.some((name) => known.get(name) === 'asked')) waiting.push(element);
  if (asks.length === 0) return;
  // One message for all pieces that are painted together.
  if (unasked.length === 0)
    queueMicrotask(() => {
      for (let from = 0; from < unasked.length; from += mostAsked)
        post({ type: 'files-resolve', references: unasked.slice(from, from + mostAsked) });
      unasked = [];
    });
  unasked.push(...asks);
}

/** Takes the host's reply: `there` are those of `asked` that exist. The others are asked about again when named again. */
export function takeFoundFiles(there: readonly string[], asked: readonly string[]): void {
  for (const name of asked) known.delete(name);
  for (const name of there) known.set(name, 'there');
  const looked = waiting;
  waiting = looked.filter((element) => namedIn(element).some((name) => known.get(name) === 'asked'));
  for (const element of looked) if (element.isConnected) mark(element);
}

/** Elements that get no links inside. */
const leftAlone = 'a, pre, [data-file], .formula, .hidden-mark';

function namedIn(element: Element): string[] {
  const names = new Set<string>();
  for (const code of codesIn(element)) {
    const name = nameOf(code);
    if (name !== undefined) names.add(name);
  }
  for (const text of textNodesIn(element, `code, ${leftAlone}`))
    for (const { reference } of referencesIn(text.data)) names.add(formatFileReference(reference));
  return [...names].slice(0, mostReferences);
}

function mark(element: Element): void {
  keepSelection(element.closest('.markdown') ?? element, () => {
    for (const code of codesIn(element)) {
      const name = nameOf(code);
      if (name !== undefined && known.get(name) === 'there') makeLink(code, name);
    }
    for (const text of textNodesIn(element, `code, ${leftAlone}`)) {
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

/** The reference that the whole code is, with a folder or a line: `Node.js` is none. */
function nameOf(code: Element): string | undefined {
  const reference = parseFileReference(code.textContent ?? '');
  return reference && (reference.path.includes('/') || reference.line !== undefined)
    ? formatFileReference(reference)
    : undefined;
}
