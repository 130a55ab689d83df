/** What can be attached, what is attached, and commands, for tests and screenshots of the composer. */

import type {
  AttachmentView,
  CommandChoice,
  ContextChoice,
  HostMessage,
} from '../../src/chat/common/protocol.ts';
import { attachment, composer } from './samples.ts';

const choice = (
  id: string,
  icon: string,
  label: string,
  fields: Partial<ContextChoice> = {},
): ContextChoice => ({
  id,
  icon,
  label,
  detail: '',
  matches: [],
  ...fields,
});

/** What an empty query gives. */
export const contextMenu: readonly ContextChoice[] = [
  choice('selection', 'selection', 'Selection', { detail: 'orders.py, lines 12 to 24' }),
  choice('active-file', 'file', 'This File', { detail: 'src/orders.py' }),
  choice('file-symbol', 'symbol-class', 'Symbol…'),
  choice('editors', 'files', 'Open Editors', { detail: '3 files' }),
  choice('problems', 'warning', 'Problems', { detail: '2 in this file' }),
  choice('staged', 'git-commit', 'Staged Changes', { detail: '4 files' }),
  choice('terminal', 'terminal', 'Terminal Selection'),
  choice('clipboard', 'clippy', 'Clipboard', { detail: '120 characters' }),
];

/** What `#cart` gives. */
export const contextFiles: readonly ContextChoice[] = [
  choice('f1', 'file', 'cart.ts', { detail: 'src/shop', matches: [[0, 4]] }),
  choice('f2', 'file', 'cart.test.ts', { detail: 'test/shop', matches: [[0, 4]] }),
  choice('f3', 'file', 'emptyCartNotice.tsx', {
    detail: 'packages/storefront/src/components/checkout/notices/that-lie-very-deep',
    matches: [[5, 9]],
  }),
  choice('f4', 'folder', '购物车', { detail: 'docs' }),
  choice('f5', 'symbol-class', 'CartRepository', { detail: 'src/shop/repository.ts', matches: [[0, 4]] }),
];

export const commands: readonly CommandChoice[] = [
  { name: 'explain', description: 'Explain the selected code', source: 'built-in', local: false },
  { name: 'fix', description: 'Fix the problems of the selected code', source: 'built-in', local: false },
  { name: 'review', description: '审查所选代码，指出可能的问题', source: 'workspace', local: false },
  {
    name: 'release-notes',
    description: 'Notes for what changed since the last tag',
    source: 'user',
    local: false,
  },
  { name: 'clear', description: 'Begin a new chat', source: 'built-in', local: true },
];

/** An attachment of the composer. */
export function ready(
  fields: Partial<AttachmentView>,
  state: Partial<AttachmentView['ready']> = {},
): AttachmentView {
  return {
    ...attachment,
    ready: { implicit: false, byCommand: false, canRefresh: true, repeated: false, ...state },
    ...fields,
  };
}

const noLines = { startLine: 0, endLine: 0 };

/** One of each kind. */
export const attachmentsOfAllKinds: readonly AttachmentView[] = [
  ready({ id: 'k1', name: 'orders.py', tokens: 180 }, { implicit: true }),
  ready({ id: 'k2', kind: 'file', name: 'cart.ts', path: 'src/cart.ts', tokens: 1234, ...noLines }),
  ready({ id: 'k3', kind: 'symbol', name: 'total', path: 'src/cart.ts', tokens: 90 }),
  ready({ id: 'k4', kind: 'folder', name: 'shop', path: 'src/shop', tokens: 5120, ...noLines }),
  ready({
    id: 'k5',
    kind: 'problems',
    name: 'Problems',
    path: 'Problems',
    tokens: 64,
    canOpen: false,
    ...noLines,
  }),
  ready(
    { id: 'k6', kind: 'changes', name: 'Staged Changes', path: 'Staged Changes', tokens: 820, ...noLines },
    { byCommand: true },
  ),
  ready({
    id: 'k7',
    kind: 'terminal',
    name: 'zsh',
    path: 'Terminal zsh',
    tokens: 310,
    canOpen: false,
    ...noLines,
  }),
  ready({
    id: 'k8',
    kind: 'clipboard',
    name: 'Clipboard',
    path: 'Clipboard',
    tokens: 30,
    canOpen: false,
    ...noLines,
  }),
  ready(
    {
      id: 'k9',
      kind: 'image',
      name: 'screenshot.png',
      path: 'screenshot.png',
      tokens: 0,
      canOpen: false,
      ...noLines,
    },
    { canRefresh: false },
  ),
  ready({ id: 'k10', kind: 'cell', name: 'analysis.ipynb', path: 'analysis.ipynb', tokens: 77, ...noLines }),
];

export const blockedAttachment = ready(
  { id: 'held', kind: 'file', name: '.env', path: '.env', tokens: 40, ...noLines },
  { blockReason: 'Held back: files of this name often hold passwords or keys.' },
);

export function withAttachments(attachments: readonly AttachmentView[], imageInput?: boolean): HostMessage {
  return { type: 'composer-change', composer: { ...composer, commands, attachments, imageInput } };
}
