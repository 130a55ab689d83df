/** Converts inline tokens to nodes; checks the address of each link, and makes links of images. */

import type { Token } from 'markdown-it';
import { formatFileReference, parseFileReference } from '../../base/common/fileReference.ts';
import { splitEmails } from './autolink.ts';
import { addressTitle, misleadingHost } from './linkAddress.ts';
import {
  type Attributes,
  addText,
  type ElementNode,
  element,
  type MarkdownNode,
  type Reading,
  type Tag,
} from './nodes.ts';
import { parseInline } from './parser.ts';

/** The content of a paragraph, heading or cell. `startsItem`: a `[ ]` at its start is the box of a task. */
export function inlineNodes(content: string, reading: Reading, startsItem = false): MarkdownNode[] {
  const task = startsItem ? /^\[([ xX])\](?=\s)/.exec(content) : null;
  if (!task) return inlineTree(parseInline(content, reading), reading);
  const checked: Attributes = task[1] === ' ' ? {} : { checked: '' };
  const box = element('input', { type: 'checkbox', disabled: '', ...checked });
  return [box, ...inlineTree(parseInline(content.slice(3), reading), reading)];
}

/** Deeper emphasis is shown as plain text: code that walks the tree, the browser's too, may run out of stack. */
const maxDepth = 100;

function inlineTree(tokens: readonly Token[], reading: Reading): MarkdownNode[] {
  const { href } = reading;
  const root = element('p');
  const stack = [root];
  let linkDepth = 0;
  for (const token of tokens) {
    const parent = stack.at(-1) ?? root;
    switch (token.type) {
      case 'text':
      case 'text_special':
        if (linkDepth > 0) addText(parent, token.content);
        else addTextAndAddresses(parent, token.content, href);
        break;
      case 'softbreak':
        addText(parent, '\n');
        break;
      case 'hardbreak':
        parent.children.push(element('br'));
        addText(parent, '\n');
        break;
      case 'line_break':
        parent.children.push(element('br'));
        break;
      case 'code_inline':
        parent.children.push(element('code', {}, [{ type: 'text', text: token.content }]));
        break;
      case 'formula':
        parent.children.push({ type: 'formula', source: token.content, display: token.block });
        break;
      case 'image': {
        const link = linkNode(token.attrGet('src'), token.attrGet('title'), reading);
        const alt = plainText(token.children ?? []) || String(token.attrGet('src') ?? '');
        // Inside a link the text alone: links do not nest.
        if (linkDepth > 0 || !link) addText(parent, alt);
        else {
          addText(link, alt);
          parent.children.push(link);
          addRealHost(parent, link, reading);
        }
        break;
      }
      case 'link_open': {
        linkDepth++;
        // An address that may not be followed leaves its text.
        const link = linkNode(token.attrGet('href'), token.attrGet('title'), reading);
        if (link) parent.children.push(link);
        stack.push(link ?? parent);
        break;
      }
      case 'em_open':
      case 'strong_open':
      case 's_open':
      case 'tag_open': {
        if (stack.length > maxDepth) {
          stack.push(parent);
          break;
        }
        const node = element(inlineTag(token));
        parent.children.push(node);
        stack.push(node);
        break;
      }
      default:
        if (token.nesting !== -1) break;
        stack.pop();
        if (token.type !== 'link_close') break;
        linkDepth--;
        if (parent.tag === 'a') addRealHost(stack.at(-1) ?? root, parent, reading);
    }
  }
  return root.children;
}

function inlineTag({ type, tag }: Token): Tag {
  if (type === 'em_open') return 'em';
  if (type === 'strong_open') return 'strong';
  if (type === 's_open') return 'del';
  return tag === 'sub' || tag === 'sup' ? tag : 'kbd';
}

function linkNode(
  address: string | number | null,
  title: string | number | null,
  { href: gate, addresses }: Reading,
): ElementNode | undefined {
  const href = gate(String(address ?? ''));
  if (href === undefined) return addresses ? fileLink(String(address ?? '')) : undefined;
  if (addresses) return element('a', { href, title: addressTitle(href, title ? String(title) : undefined) });
  return element('a', title === null ? { href } : { href, title: String(title) });
}

/** A link to a file has no address that a browser could follow: the host opens it. */
function fileLink(address: string): ElementNode | undefined {
  const reference = parseFileReference(address);
  if (!reference) return undefined;
  const name = formatFileReference(reference);
  return element('a', { class: 'file-link', 'data-file': name, role: 'link', tabindex: '0', title: name });
}

/** The file that a link leads to, where its words name another. */
function otherFile(words: string, name: string): string | undefined {
  const said = parseFileReference(words.trim());
  const led = parseFileReference(name);
  return said && led && !`/${led.path}`.endsWith(`/${said.path}`) ? name : undefined;
}

/** Shows the host, or the file, after a link whose words name another. */
function addRealHost(parent: ElementNode, link: ElementNode, { addresses }: Reading): void {
  const { href = '', 'data-file': file } = link.attributes;
  const words = textOf(link);
  const host = addresses
    ? file === undefined
      ? misleadingHost(words, href)
      : otherFile(words, file)
    : undefined;
  if (host === undefined) return;
  parent.children.push(element('span', { class: 'link-host' }, [{ type: 'text', text: ` (${host})` }]));
}

/** The words of a node, without what marks them. */
export function textOf(node: MarkdownNode): string {
  if (node.type === 'element') return node.children.map(textOf).join('');
  return node.type === 'formula' ? node.source : node.text;
}

function addTextAndAddresses(parent: ElementNode, text: string, gate: Reading['href']): void {
  for (const [index, part] of splitEmails(text).entries()) {
    const href = index % 2 === 0 ? undefined : gate(/^(?:mailto|xmpp):/.test(part) ? part : `mailto:${part}`);
    if (href === undefined) addText(parent, part);
    else parent.children.push(element('a', { href }, [{ type: 'text', text: part }]));
  }
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      token.type === 'softbreak' || token.type === 'hardbreak'
        ? '\n'
        : token.content || plainText(token.children ?? []),
    )
    .join('');
}
