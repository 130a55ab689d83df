import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Attachment } from '../../src/chat/common/conversation.ts';
import type { BlockReason, ContextSources } from '../../src/context/host/contextSources.ts';
import { DraftAttachments } from '../../src/context/host/draftAttachments.ts';
import { createStoredAttachments } from '../../src/context/host/storedAttachments.ts';
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

describe('attachments of the draft', () => {
  let draft: DraftAttachments;
  /** What is selected in the editor; `undefined`: nothing. */
  let selection: Attachment | undefined;
  /** With further cursors. */
  let more: readonly Attachment[] = [];
  /** Why texts that hold this word are held back. */
  const secret: BlockReason = { kind: 'secret-text', what: 'test key' };
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
    blockReason: async ({ text }) => (text.includes('secret') ? secret : undefined),
    dispose: () => undefined,
  };
  const shown = (): string[] =>
    draft.views.map(({ name, ready }) => `${name}${ready?.blockReason ? ' (held)' : ''}`);
  /** Tells the draft, as VS Code does, that something in the editor is different. */
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
    draft = new DraftAttachments({ sources });
  });

  afterEach(() => draft.dispose());

  it('hands over what it shows, once', async () => {
    await draft.add([attachment('a.ts'), attachment('b.ts')]);
    assert.deepEqual(shown(), ['a.ts', 'b.ts']);
    assert.deepEqual(
      draft.take().map(({ path }) => path),
      ['a.ts', 'b.ts'],
    );
    assert.deepEqual(shown(), []);
    assert.deepEqual(draft.take(), []);
  });

  it('takes the newest of one place', async () => {
    await draft.add([attachment('a.ts')]);
    await draft.add([attachment('a.ts', { id: 'newer', text: 'newer' })]);
    assert.deepEqual(
      draft.take().map(({ text }) => text),
      ['newer'],
    );
  });

  it('holds back what seems secret until the user confirms it', async () => {
    await draft.add([attachment('a.ts'), attachment('.env', { text: 'a secret' })]);
    assert.deepEqual(shown(), ['a.ts', '.env (held)']);
    assert.equal(draft.isBlocked, true);
    assert.deepEqual(
      draft.sendable.map(({ path }) => path),
      ['a.ts'],
    );
    await draft.change('confirm', '.env');
    assert.equal(draft.isBlocked, false);
    assert.deepEqual(
      draft.take().map(({ path }) => path),
      ['a.ts', '.env'],
    );
  });

  it('takes a confirmation for this reason alone, and of a clipboard for this text alone', async () => {
    const excluded: BlockReason = { kind: 'excluded', by: '.gitignore' };
    let reason: BlockReason = excluded;
    draft.dispose();
    draft = new DraftAttachments({ sources: { ...sources, blockReason: async () => reason } });
    await draft.add([attachment('a.ts', { kind: 'file' })]);
    await draft.change('confirm', 'a.ts');
    await draft.add([attachment('a.ts', { kind: 'file', endLine: 9 })]);
    assert.deepEqual(shown(), ['a.ts']);
    reason = secret;
    await draft.change('refresh', 'a.ts');
    assert.deepEqual(shown(), ['a.ts (held)']);
    draft.remove('a.ts');

    const clipboard = (text: string): Attachment =>
      attachment('Clipboard', { kind: 'clipboard', uri: '', startLine: 0, endLine: 0, text });
    await draft.add([clipboard('one')]);
    await draft.change('confirm', 'Clipboard');
    await draft.add([clipboard('one')]);
    assert.deepEqual(shown(), ['Clipboard']);
    await draft.add([clipboard('two')]);
    assert.deepEqual(shown(), ['Clipboard (held)']);
  });

  it('looks at what was read again as if it were new', async () => {
    await draft.add([attachment('a.ts', { text: 'sec' })]);
    await draft.change('refresh', 'a.ts');
    assert.equal(draft.find('a.ts')?.text, 'sec, read again');
    assert.equal(draft.isBlocked, false);
    await draft.add([attachment('gone.ts')]);
    await assert.rejects(draft.change('refresh', 'gone.ts'), { name: 'UserError' });
    assert.deepEqual(shown(), ['a.ts', 'gone.ts']);
  });

  about('versions').it('follows the editor until it is pinned, and stays for the next question', async () => {
    selection = attachment('a.ts', { startLine: 3, endLine: 4 });
    await draft.add([selection], { implicit: true });
    selection = attachment('b.ts', { id: 'other', startLine: 7, endLine: 9 });
    await moveInEditor();
    await until(() => shown()[0] === 'b.ts');
    assert.equal(draft.take()[0]?.path, 'b.ts');
    assert.deepEqual(shown(), ['b.ts']);
    const [view] = draft.views;
    assert.ok(view && view.id !== 'b.ts' && view.id !== 'other', 'a new name for the next question');
    await draft.change('pin', view.id);
    const unpinned = new DraftAttachments({ sources });
    await unpinned.add([selection], { implicit: true });
    selection = attachment('c.ts');
    await moveInEditor();
    // It hears of the same moves, and after the pinned one.
    await until(() => unpinned.views[0]?.name === 'c.ts');
    unpinned.dispose();
    assert.deepEqual(shown(), ['b.ts']);
    draft.take();
    assert.deepEqual(shown(), []);
  });

  it('follows several cursors as they become more and fewer', async () => {
    await draft.add([attachment('pinned.ts')]);
    selection = attachment('a.ts');
    await draft.add([selection], { implicit: true });
    await draft.add([attachment('last.ts')]);
    more = [attachment('a.ts', { id: 'second', startLine: 7, endLine: 9, text: 'second' })];
    await moveInEditor();
    await until(() => draft.views.length === 4);
    assert.deepEqual(shown(), ['pinned.ts', 'a.ts', 'a.ts', 'last.ts']);
    assert.equal(new Set(draft.views.map(({ id }) => id)).size, 4);
    assert.deepEqual(
      draft.views.map(({ ready }) => ready?.implicit),
      [false, true, true, false],
    );
    more = [];
    await moveInEditor();
    await until(() => draft.views.length === 3);
    assert.deepEqual(shown(), ['pinned.ts', 'a.ts', 'last.ts']);
  });

  it('brings nothing back of several that the user took away or pinned', async () => {
    selection = attachment('a.ts');
    more = [
      attachment('a.ts', { id: 'second', startLine: 7, endLine: 9, text: 'second' }),
      attachment('a.ts', { id: 'third', startLine: 11, endLine: 12, text: 'third' }),
    ];
    await draft.add([selection, ...more], { implicit: true });
    await draft.change('pin', 'second');
    const last = attachment('b.ts', { startLine: 20, endLine: 21 });
    more = [...more, last];
    await moveInEditor();
    await until(() => draft.views.some(({ name }) => name === 'b.ts'));
    assert.deepEqual(shown().toSorted(), ['a.ts', 'a.ts', 'a.ts', 'b.ts']);
    const gone = draft.views.find(({ name }) => name === 'b.ts')?.id ?? '';
    draft.remove(gone);
    more = [];
    await moveInEditor();
    // Longer than the draft waits after a change.
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(shown(), ['a.ts', 'a.ts', 'a.ts']);
  });

  it('keeps the last selection, as it is now, when nothing is selected any more', async () => {
    selection = attachment('a.ts');
    await draft.add([selection], { implicit: true });
    selection = undefined;
    await moveInEditor();
    // The window may tell of it more than once.
    await until(() => draft.sendable[0]?.text.startsWith('text of a.ts, read again') === true);
  });

  it('does not send a secret that the editor moved to, and does not stand in the way either', async () => {
    selection = attachment('a.ts');
    await draft.add([selection], { implicit: true });
    selection = attachment('.env', { id: 'env', text: 'a secret' });
    await moveInEditor();
    await until(() => shown()[0] === '.env (held)');
    assert.equal(draft.isBlocked, false);
    assert.deepEqual(draft.sendable, []);
  });

  it('counts no click on what stood there before for a secret that the editor moved to', async () => {
    selection = attachment('a.ts');
    await draft.add([selection], { implicit: true });
    const seen = draft.views[0]?.id ?? '';
    selection = attachment('.env', { id: 'env', text: 'a secret' });
    await moveInEditor();
    await until(() => shown()[0] === '.env (held)');
    await draft.change('confirm', seen);
    assert.deepEqual(shown(), ['.env (held)']);
    await draft.change('confirm', draft.views[0]?.id ?? '');
    assert.deepEqual(shown(), ['.env']);
  });

  it('leaves out what is no longer wanted once all is known about it', async () => {
    let isWanted = true;
    const adding = draft.add([attachment('a.ts')], { byCommand: true, isWanted: () => isWanted });
    isWanted = false;
    await adding;
    assert.deepEqual(shown(), []);
  });

  it('takes away what a command brought, and nothing else', async () => {
    await draft.add([attachment('mine.ts')]);
    await draft.add([attachment('mine.ts', { id: 'again' }), attachment('brought.ts')], { byCommand: true });
    assert.deepEqual(shown(), ['mine.ts', 'brought.ts']);
    draft.removeByCommand();
    assert.deepEqual(shown(), ['mine.ts']);
  });

  it('stands there again after a reload, as it is now: pinned, following, held back', async () => {
    const values = new Map<string, unknown>();
    const open = async (): Promise<readonly string[]> => {
      draft.dispose();
      draft = new DraftAttachments({ sources, stored: createStoredAttachments(createMemento(values)) });
      return draft.restore();
    };
    await open();
    await draft.add([
      attachment('a.ts', { kind: 'file' }),
      attachment('.env', { text: 'a secret', kind: 'selection' }),
      attachment('gone.ts', { kind: 'file' }),
      attachment('Clipboard', { kind: 'clipboard', uri: '', text: 'secret' }),
    ]);
    await draft.change('confirm', '.env');
    await draft.add([attachment('command.ts')], { byCommand: true });
    selection = attachment('live.ts');
    await draft.add([selection], { implicit: true });
    await draft.add([attachment('pinned.ts')]);
    selection = attachment('live.ts', { startLine: 8, endLine: 9, text: 'moved' });
    const lost = await open();
    assert.deepEqual([...lost].sort(), ['Clipboard', 'gone.ts']);
    assert.deepEqual(
      draft.views.map(({ name, startLine, ready }) => [name, startLine, ready?.implicit]),
      [
        ['a.ts', 1, false],
        ['.env', 1, false],
        ['live.ts', 8, true],
        ['pinned.ts', 1, false],
      ],
    );
    assert.equal(draft.sendable.find(({ path }) => path === 'live.ts')?.text, 'moved');
    draft.take();
    draft.remove(draft.views[0]?.id ?? '');
    await open();
    assert.deepEqual(shown(), []);
  });

  it('sends what follows the editor once, until it is different, pinned or attached again', async () => {
    const sent: Attachment[] = [];
    draft.dispose();
    draft = new DraftAttachments({
      sources,
      isRepeated: ({ text }) => sent.some((one) => one.text === text),
    });
    const ask = (): string[] => {
      const taken = draft.take();
      sent.push(...taken);
      return taken.map(({ text }) => text);
    };
    selection = attachment('a.ts');
    await draft.add([selection], { implicit: true });
    assert.deepEqual(ask(), ['text of a.ts']);
    assert.deepEqual([draft.views[0]?.ready?.repeated, draft.hasRepeated, draft.sendable], [true, true, []]);
    assert.deepEqual(ask(), []);
    assert.deepEqual(shown(), ['a.ts']);
    selection = attachment('a.ts', { text: 'changed' });
    await moveInEditor();
    await until(() => draft.views[0]?.ready?.repeated === false);
    assert.deepEqual(ask(), ['changed']);
    await draft.add([selection], { implicit: true });
    assert.deepEqual(ask(), ['changed']);
    await draft.change('pin', draft.views[0]?.id ?? '');
    assert.deepEqual(ask(), ['changed']);
    assert.deepEqual(shown(), []);
  });
});
