import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Attachment } from '../../src/chat/common/conversation.ts';
import { AttachmentTray } from '../../src/context/host/attachmentTray.ts';
import { createChipMemory } from '../../src/context/host/chipMemory.ts';
import type { ContextSources, HoldReason } from '../../src/context/host/contextSources.ts';
import { createMemento } from '../support/memento.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

const attachment = (path: string, fields: Partial<Attachment> = {}): Attachment => ({
  id: path,
  kind: 'selection',
  path,
  uri: `file:///project/${path}`,
  languageId: 'typescript',
  startLine: 1,
  endLine: 2,
  text: `text of ${path}`,
  ...fields,
});

describe('the tray of attachments', () => {
  let tray: AttachmentTray;
  /** What is selected in the editor; `undefined`: nothing. */
  let selection: Attachment | undefined;
  /** With further cursors. */
  let more: readonly Attachment[] = [];
  /** Why texts that hold this word are held back. */
  const secret: HoldReason = { kind: 'secret-text', what: 'test key' };
  const sources: ContextSources = {
    search: async () => [],
    fromUris: async () => [],
    fromCell: () => assert.fail('no cell here'),
    async resolve() {
      if (!selection) throw new Error('Nothing is selected.');
      return [selection, ...more];
    },
    refresh: async (known) =>
      known.path === 'gone.ts' || (known.uri === '' && known.text === '')
        ? undefined
        : { ...known, text: `${known.text}, read again` },
    remember: (made) => made,
    holdReason: async ({ text }) => (text.includes('secret') ? secret : undefined),
    dispose: () => undefined,
  };
  const shown = (): string[] => tray.views.map(({ name, ready }) => `${name}${ready?.held ? ' (held)' : ''}`);
  /** Tells the tray, as VS Code does, that something in the editor is different. */
  const moveInEditor = async (): Promise<void> => {
    const { uri } = await vscode.workspace.openTextDocument();
    const [typed, deleted] = [new vscode.WorkspaceEdit(), new vscode.WorkspaceEdit()];
    typed.insert(uri, new vscode.Position(0, 0), 'one');
    await vscode.workspace.applyEdit(typed);
    // Empty again it counts as saved: for an unsaved one VS Code would open an editor in the midst of another test.
    deleted.delete(uri, new vscode.Range(0, 0, 0, 3));
    await vscode.workspace.applyEdit(deleted);
  };
  beforeEach(() => {
    selection = undefined;
    more = [];
    tray = new AttachmentTray({ sources });
  });

  afterEach(() => tray.dispose());

  it('hands over what it shows, once', async () => {
    await tray.add([attachment('a.ts'), attachment('b.ts')]);
    assert.deepEqual(shown(), ['a.ts', 'b.ts']);
    assert.deepEqual(
      tray.take().map(({ path }) => path),
      ['a.ts', 'b.ts'],
    );
    assert.deepEqual(shown(), []);
    assert.deepEqual(tray.take(), []);
  });

  it('takes the newest of one place', async () => {
    await tray.add([attachment('a.ts')]);
    await tray.add([attachment('a.ts', { id: 'newer', text: 'newer' })]);
    assert.deepEqual(
      tray.take().map(({ text }) => text),
      ['newer'],
    );
  });

  it('holds back what seems secret until the user confirms it', async () => {
    await tray.add([attachment('a.ts'), attachment('.env', { text: 'a secret' })]);
    assert.deepEqual(shown(), ['a.ts', '.env (held)']);
    assert.equal(tray.isHeld, true);
    assert.deepEqual(
      tray.sendable.map(({ path }) => path),
      ['a.ts'],
    );
    await tray.change('confirm', '.env');
    assert.equal(tray.isHeld, false);
    assert.deepEqual(
      tray.take().map(({ path }) => path),
      ['a.ts', '.env'],
    );
  });

  it('takes a confirmation for this reason alone, and of a clipboard for this text alone', async () => {
    const excluded: HoldReason = { kind: 'excluded', by: '.gitignore' };
    let reason: HoldReason = excluded;
    tray.dispose();
    tray = new AttachmentTray({ sources: { ...sources, holdReason: async () => reason } });
    await tray.add([attachment('a.ts', { kind: 'file' })]);
    await tray.change('confirm', 'a.ts');
    await tray.add([attachment('a.ts', { kind: 'file', endLine: 9 })]);
    assert.deepEqual(shown(), ['a.ts']);
    reason = secret;
    await tray.change('refresh', 'a.ts');
    assert.deepEqual(shown(), ['a.ts (held)']);
    tray.remove('a.ts');

    const clipboard = (text: string): Attachment =>
      attachment('Clipboard', { kind: 'clipboard', uri: '', startLine: 0, endLine: 0, text });
    await tray.add([clipboard('one')]);
    await tray.change('confirm', 'Clipboard');
    await tray.add([clipboard('one')]);
    assert.deepEqual(shown(), ['Clipboard']);
    await tray.add([clipboard('two')]);
    assert.deepEqual(shown(), ['Clipboard (held)']);
  });

  it('looks at what was read again as if it were new', async () => {
    await tray.add([attachment('a.ts', { text: 'sec' })]);
    await tray.change('refresh', 'a.ts');
    assert.equal(tray.find('a.ts')?.text, 'sec, read again');
    assert.equal(tray.isHeld, false);
    await tray.add([attachment('gone.ts')]);
    await assert.rejects(tray.change('refresh', 'gone.ts'), { name: 'UserError' });
    assert.deepEqual(shown(), ['a.ts', 'gone.ts']);
  });

  about('versions').it('follows the editor until it is pinned, and stays for the next question', async () => {
    selection = attachment('a.ts', { startLine: 3, endLine: 4 });
    await tray.add([selection], { live: true });
    selection = attachment('b.ts', { id: 'other', startLine: 7, endLine: 9 });
    await moveInEditor();
    await until(() => shown()[0] === 'b.ts');
    assert.equal(tray.take()[0]?.path, 'b.ts');
    assert.deepEqual(shown(), ['b.ts']);
    const [view] = tray.views;
    assert.ok(view && view.id !== 'b.ts' && view.id !== 'other', 'a new name for the next question');
    await tray.change('pin', view.id);
    const unpinned = new AttachmentTray({ sources });
    await unpinned.add([selection], { live: true });
    selection = attachment('c.ts');
    await moveInEditor();
    // It hears of the same moves, and after the pinned one.
    await until(() => unpinned.views[0]?.name === 'c.ts');
    unpinned.dispose();
    assert.deepEqual(shown(), ['b.ts']);
    tray.take();
    assert.deepEqual(shown(), []);
  });

  it('follows several cursors as they become more and fewer', async () => {
    await tray.add([attachment('pinned.ts')]);
    selection = attachment('a.ts');
    await tray.add([selection], { live: true });
    await tray.add([attachment('last.ts')]);
    more = [attachment('a.ts', { id: 'second', startLine: 7, endLine: 9, text: 'second' })];
    await moveInEditor();
    await until(() => tray.views.length === 4);
    assert.deepEqual(shown(), ['pinned.ts', 'a.ts', 'a.ts', 'last.ts']);
    assert.equal(new Set(tray.views.map(({ id }) => id)).size, 4);
    assert.deepEqual(
      tray.views.map(({ ready }) => ready?.live),
      [false, true, true, false],
    );
    more = [];
    await moveInEditor();
    await until(() => tray.views.length === 3);
    assert.deepEqual(shown(), ['pinned.ts', 'a.ts', 'last.ts']);
  });

  it('brings nothing back of several that the user took away or pinned', async () => {
    selection = attachment('a.ts');
    more = [
      attachment('a.ts', { id: 'second', startLine: 7, endLine: 9, text: 'second' }),
      attachment('a.ts', { id: 'third', startLine: 11, endLine: 12, text: 'third' }),
    ];
    await tray.add([selection, ...more], { live: true });
    await tray.change('pin', 'second');
    const last = attachment('b.ts', { startLine: 20, endLine: 21 });
    more = [...more, last];
    await moveInEditor();
    await until(() => tray.views.some(({ name }) => name === 'b.ts'));
    assert.deepEqual(shown().toSorted(), ['a.ts', 'a.ts', 'a.ts', 'b.ts']);
    const gone = tray.views.find(({ name }) => name === 'b.ts')?.id ?? '';
    tray.remove(gone);
    more = [];
    await moveInEditor();
    // Longer than the tray waits after a change.
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(shown(), ['a.ts', 'a.ts', 'a.ts']);
  });

  it('keeps the last selection, as it is now, when nothing is selected any more', async () => {
    selection = attachment('a.ts');
    await tray.add([selection], { live: true });
    selection = undefined;
    await moveInEditor();
    // The window may tell of it more than once.
    await until(() => tray.sendable[0]?.text.startsWith('text of a.ts, read again') === true);
  });

  it('does not send a secret that the editor moved to, and does not stand in the way either', async () => {
    selection = attachment('a.ts');
    await tray.add([selection], { live: true });
    selection = attachment('.env', { id: 'env', text: 'a secret' });
    await moveInEditor();
    await until(() => shown()[0] === '.env (held)');
    assert.equal(tray.isHeld, false);
    assert.deepEqual(tray.sendable, []);
  });

  it('counts no click on what stood there before for a secret that the editor moved to', async () => {
    selection = attachment('a.ts');
    await tray.add([selection], { live: true });
    const seen = tray.views[0]?.id ?? '';
    selection = attachment('.env', { id: 'env', text: 'a secret' });
    await moveInEditor();
    await until(() => shown()[0] === '.env (held)');
    await tray.change('confirm', seen);
    assert.deepEqual(shown(), ['.env (held)']);
    await tray.change('confirm', tray.views[0]?.id ?? '');
    assert.deepEqual(shown(), ['.env']);
  });

  it('leaves out what is no longer wanted once all is known about it', async () => {
    let isWanted = true;
    const adding = tray.add([attachment('a.ts')], { byCommand: true, isWanted: () => isWanted });
    isWanted = false;
    await adding;
    assert.deepEqual(shown(), []);
  });

  it('takes away what a command brought, and nothing else', async () => {
    await tray.add([attachment('mine.ts')]);
    await tray.add([attachment('mine.ts', { id: 'again' }), attachment('brought.ts')], { byCommand: true });
    assert.deepEqual(shown(), ['mine.ts', 'brought.ts']);
    tray.removeByCommand();
    assert.deepEqual(shown(), ['mine.ts']);
  });

  it('stands there again after a reload, as it is now: pinned, following, held back', async () => {
    const values = new Map<string, unknown>();
    const open = async (): Promise<readonly string[]> => {
      tray.dispose();
      tray = new AttachmentTray({ sources, memory: createChipMemory(createMemento(values)) });
      return tray.restore();
    };
    await open();
    await tray.add([
      attachment('a.ts', { kind: 'file' }),
      attachment('.env', { text: 'a secret', kind: 'selection' }),
      attachment('gone.ts', { kind: 'file' }),
      attachment('Clipboard', { kind: 'clipboard', uri: '', text: 'secret' }),
    ]);
    await tray.change('confirm', '.env');
    await tray.add([attachment('command.ts')], { byCommand: true });
    selection = attachment('live.ts');
    await tray.add([selection], { live: true });
    await tray.add([attachment('pinned.ts')]);
    selection = attachment('live.ts', { startLine: 8, endLine: 9, text: 'moved' });
    const lost = await open();
    assert.deepEqual([...lost].sort(), ['Clipboard', 'gone.ts']);
    assert.deepEqual(
      tray.views.map(({ name, startLine, ready }) => [name, startLine, ready?.live]),
      [
        ['a.ts', 1, false],
        ['.env', 1, false],
        ['live.ts', 8, true],
        ['pinned.ts', 1, false],
      ],
    );
    assert.equal(tray.sendable.find(({ path }) => path === 'live.ts')?.text, 'moved');
    tray.take();
    tray.remove(tray.views[0]?.id ?? '');
    await open();
    assert.deepEqual(shown(), []);
  });

  it('sends what follows the editor once, until it is different, pinned or attached again', async () => {
    const sent: Attachment[] = [];
    tray.dispose();
    tray = new AttachmentTray({ sources, isRepeated: ({ text }) => sent.some((one) => one.text === text) });
    const ask = (): string[] => {
      const taken = tray.take();
      sent.push(...taken);
      return taken.map(({ text }) => text);
    };
    selection = attachment('a.ts');
    await tray.add([selection], { live: true });
    assert.deepEqual(ask(), ['text of a.ts']);
    assert.deepEqual([tray.views[0]?.ready?.repeated, tray.hasRepeated, tray.sendable], [true, true, []]);
    assert.deepEqual(ask(), []);
    assert.deepEqual(shown(), ['a.ts']);
    selection = attachment('a.ts', { text: 'changed' });
    await moveInEditor();
    await until(() => tray.views[0]?.ready?.repeated === false);
    assert.deepEqual(ask(), ['changed']);
    await tray.add([selection], { live: true });
    assert.deepEqual(ask(), ['changed']);
    await tray.change('pin', tray.views[0]?.id ?? '');
    assert.deepEqual(ask(), ['changed']);
    assert.deepEqual(shown(), []);
  });
});
