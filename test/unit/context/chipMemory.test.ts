import assert from 'node:assert/strict';
import type { Attachment } from '../../../src/chat/common/conversation.ts';
import { createChipMemory } from '../../../src/context/host/chipMemory.ts';
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
const chip = (made: Attachment, isSecret = false) => ({ attachment: made, live: false, isSecret });

describe('the memory of chips', () => {
  it('keeps where files came from, and the text of what nobody can read again', () => {
    const values = new Map<string, unknown>();
    const before = createChipMemory(createMemento(values));
    before.write([
      chip(attachment('a.ts')),
      { ...chip(attachment('b.ts', { kind: 'selection' })), live: true },
      chip(attachment('Terminal', { kind: 'terminal', uri: '' })),
      chip(attachment('Untitled-1', { uri: 'untitled:Untitled-1' })),
    ]);
    before.flush();
    const found = createChipMemory(createMemento(values)).read();
    assert.deepEqual(
      found.map(({ attachment: { path, text }, live }) => [path, text, live]),
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
    const memory = createChipMemory(createMemento(values));
    const image = { mimeType: 'image/png', data: 'c2VjcmV0', width: 1, height: 1 };
    memory.write([
      chip(attachment('.env', { kind: 'selection', text: 'hunter2' }), true),
      chip(attachment('Clipboard', { kind: 'clipboard', uri: '', text: 'hunter2' }), true),
      chip(attachment('key.png', { kind: 'image', uri: '', text: '', image }), true),
    ]);
    memory.flush();
    const stored = JSON.stringify([...values]);
    assert.ok(stored.includes('.env'));
    assert.ok(!stored.includes('hunter2') && !stored.includes('c2VjcmV0'));
  });

  it('forgets what was sent, and takes nothing that it can’t have written', () => {
    const values = new Map<string, unknown>();
    const memory = createChipMemory(createMemento(values));
    memory.write([chip(attachment('a.ts'))]);
    memory.write([]);
    memory.flush();
    assert.deepEqual(createChipMemory(createMemento(values)).read(), []);
    assert.equal(values.get('qiao.chips'), undefined);
    for (const stored of ['text', [{ attachment: 1, live: true }], { a: 1 }])
      assert.deepEqual(createChipMemory(createMemento(new Map([['qiao.chips', stored]]))).read(), []);
  });
});
