import assert from 'node:assert/strict';
import { plainLine } from '../../../src/base/common/plainText.ts';
import {
  chatFailure,
  createChatStream,
  plainError,
  toolQuestion,
} from '../../../src/base/host/window/chat.ts';
import { createComment, createCommentController } from '../../../src/base/host/window/comments.ts';
import { showOpenDialog, showSaveDialog } from '../../../src/base/host/window/fileDialogs.ts';
import { setStatusBarMessage } from '../../../src/base/host/window/messages.ts';
import {
  createCodeAction,
  createCodeLens,
  createDiagnostic,
  createTerminal,
  createWebviewPanel,
  setTitle,
  showDiff,
} from '../../../src/base/host/window/surfaces.ts';
import { CommentMode, commands, window } from '../../support/standIn/vscode.ts';

const hostile = '[a](command:b) $(check) <file:c>\n\u202ed';
const harmless = plainLine(hostile);
/** VS Code's own values, which only pass through. */
const any = {} as never;

describe('what else VS Code labels', () => {
  it('has plain titles of lenses, with icons of ours only', () => {
    assert.deepEqual(
      { ...createCodeLens(any, { title: hostile, command: 'x' }, 'refresh') },
      {
        range: any,
        command: { title: `$(refresh) ${harmless}`, tooltip: '', command: 'x' },
      },
    );
    const { command } = createCodeLens(any, { title: hostile, tooltip: hostile, command: 'x' });
    assert.deepEqual(command, { title: harmless, tooltip: harmless, command: 'x' });
  });

  it('has plain titles of actions and plain problems', () => {
    const action = createCodeAction({ title: hostile, command: 'x', arguments: [1] }, any);
    assert.equal(action.title, harmless);
    assert.deepEqual(action.command, { title: harmless, command: 'x', arguments: [1] });
    const { message, source } = createDiagnostic(any, hostile);
    assert.deepEqual([message, source], [harmless, 'Qiao']);
  });

  it('has plain names of tabs, views and terminals', async () => {
    const named: unknown[] = [];
    window.createWebviewPanel = (...all: unknown[]) => named.push(all[1]);
    window.createTerminal = ({ name }: { name: string }) => named.push(name);
    window.setStatusBarMessage = (text: string) => named.push(text);
    createWebviewPanel('type', hostile, any);
    createTerminal(hostile);
    setStatusBarMessage(hostile, 1);
    const tab = { title: '' };
    setTitle(tab as never, hostile);
    const view = { show() {}, description: '' };
    setTitle(view as never, hostile);
    await showDiff(any, any, hostile, {});
    const shown = [...named, tab.title, view.description, commands.executed.at(-1)?.[3]];
    assert.deepEqual(shown, Array(6).fill(harmless));
    setTitle(tab as never, '');
    assert.equal(tab.title, 'Qiao');
  });

  it('has plain names and labels of comments, and the controller’s options', () => {
    const author = { name: hostile, iconPath: any };
    const comment = createComment({ author, body: any, label: hostile });
    assert.deepEqual(comment, {
      author: { name: harmless, iconPath: any },
      body: any,
      label: harmless,
      mode: CommentMode.Preview,
    });
    const options = { prompt: 'a' };
    assert.deepEqual(
      { ...createCommentController('id', hostile, options) },
      { id: 'id', label: harmless, options },
    );
  });

  it('has plain titles of dialogs for files', async () => {
    const shown: unknown[] = [];
    window.showOpenDialog = async (options: unknown) => void shown.push(options);
    window.showSaveDialog = window.showOpenDialog;
    await showOpenDialog({ title: hostile, canSelectMany: true });
    await showSaveDialog({ title: hostile });
    assert.deepEqual(shown, [{ title: harmless, canSelectMany: true }, { title: harmless }]);
  });
});

describe('VS Code’s own chat', () => {
  it('gets answers as they are, as strings: VS Code gives those no rights; all else is plain', () => {
    const told: unknown[] = [];
    const tell = (what: unknown) => told.push(what);
    const stream = createChatStream({
      markdown: tell,
      progress: tell,
      reference: tell,
      button: tell,
    } as never);
    stream.answer(hostile);
    stream.tell(hostile);
    stream.progress(hostile);
    stream.button({ title: hostile, command: 'x' });
    assert.deepEqual(told, [hostile, harmless, harmless, { title: harmless, command: 'x' }]);
  });

  it('gets plain errors, without a stack', () => {
    assert.equal(chatFailure(hostile).errorDetails?.message, harmless);
    const { message, stack } = plainError(hostile);
    assert.deepEqual([message, stack], [harmless, '']);
  });

  it('asks before a tool runs in plain words, with the whole question', () => {
    const question = `${'a long question '.repeat(1000)}\n${hostile}`;
    const { invocationMessage, confirmationMessages } = toolQuestion(hostile, {
      lead: hostile,
      question,
      running: hostile,
    });
    assert.deepEqual([invocationMessage, confirmationMessages?.title], [harmless, harmless]);
    const message = confirmationMessages?.message;
    assert.ok(typeof message === 'object');
    const { value, isTrusted, supportHtml, supportThemeIcons } = message;
    assert.deepEqual([isTrusted, supportHtml, supportThemeIcons], [false, false, false]);
    assert.doesNotMatch(value, /(?<!\\)[[\]()<>$]/);
    assert.ok(value.endsWith('‹U\\+202E›d'));
    assert.ok(value.length > 16_000);
  });
});
