import assert from 'node:assert/strict';
import type { Attachment } from '../../../src/chat/common/conversation.ts';
import { createStoredAttachments } from '../../../src/context/host/storedAttachments.ts';
import { createMemento } from '../../support/memento.ts';

const attachment = (path: string, fields: Partial<Attachment> = {}): Attachment => ({
  id: path,
  kind: 'file',
  path,
  uri: `file:///project/${path}`,
  languageId: 'typescript',
  startLine: 1,
  endLine: 2,
  text: `text of ${path}`,
  ...fields,
});
const entry = (made: Attachment, isSecret = false) => ({ attachment: made, implicit: false, isSecret });

describe('stored attachments', () => {
  it('keeps where files came from, and the text of what nobody can read again', () => {
    const values = new Map<string, unknown>();
    const before = createStoredAttachments(createMemento(values));
    before.write([
      entry(attachment('a.ts')),
      { ...entry(attachment('b.ts', { kind: 'selection' })), implicit: true },
      entry(attachment('Terminal', { kind: 'terminal', uri: '' })),
      entry(attachment('Untitled-1', { uri: 'untitled:Untitled-1' })),
    ]);
    before.flush();
    const found = createStoredAttachments(createMemento(values)).read();
    assert.deepEqual(
      found.map(({ attachment: { path, text }, implicit }) => [path, text, implicit]),
      [
        ['a.ts', '', false],
        ['b.ts', 'text of b.ts', true],
        ['Terminal', 'text of Terminal', false],
        ['Untitled-1', 'text of Untitled-1', false],
      ],
    );
  });

  it('never holds a secret', () => {
    const values = new Map<string, unknown>();
    const attachments = createStoredAttachments(createMemento(values));
    const image = { mimeType: 'image/png', data: 'c2VjcmV0', width: 1, height: 1 };
    attachments.write([
      entry(attachment('.env', { kind: 'selection', text: 'hunter2' }), true),
      entry(attachment('Clipboard', { kind: 'clipboard', uri: '', text: 'hunter2' }), true),
      entry(attachment('key.png', { kind: 'image', uri: '', text: '', image }), true),
    ]);
    attachments.flush();
    const stored = JSON.stringify([...values]);
    assert.ok(stored.includes('.env'));
    assert.ok(!stored.includes('hunter2') && !stored.includes('c2VjcmV0'));
  });

  it('forgets what was sent, and takes nothing that it can’t have written', () => {
    const values = new Map<string, unknown>();
    const attachments = createStoredAttachments(createMemento(values));
    attachments.write([entry(attachment('a.ts'))]);
    attachments.write([]);
    attachments.flush();
    assert.deepEqual(createStoredAttachments(createMemento(values)).read(), []);
    assert.equal(values.get('qiao.chips'), undefined);
    for (const stored of ['text', [{ attachment: 1, live: true }], { a: 1 }])
      assert.deepEqual(createStoredAttachments(createMemento(new Map([['qiao.chips', stored]]))).read(), []);
  });
});
