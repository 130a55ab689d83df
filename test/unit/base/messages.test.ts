import assert from 'node:assert/strict';
import { plainLine } from '../../../src/base/common/plainText.ts';
import {
  showErrorMessage,
  showInformationMessage,
  showWarningMessage,
  withProgress,
} from '../../../src/base/host/window/messages.ts';
import { window } from '../../support/standIn/vscode.ts';

const hostile = (name: string) => `${name} [Allow…](command:workbench.action.terminal.new) $(check)\n\u202e`;
const harmless = (name: string) => plainLine(hostile(name));

describe('messages of VS Code', () => {
  for (const [name, show] of Object.entries({
    showInformationMessage,
    showWarningMessage,
    showErrorMessage,
  })) {
    it(`${name} shows plain texts, and gives a choice back as it was`, async () => {
      let shown: unknown[] = [];
      window[name] = async (...all: unknown[]) => {
        shown = all;
        return all.at(-1);
      };
      assert.equal(await show(hostile('a'), hostile('b'), hostile('c')), hostile('c'));
      assert.deepEqual(shown, [harmless('a'), harmless('b'), harmless('c')]);

      const item = { title: hostile('d'), isCloseAffordance: true };
      assert.equal(await show(hostile('a'), { modal: true, detail: hostile('e') }, item), item);
      assert.deepEqual(shown, [
        harmless('a'),
        { modal: true, detail: harmless('e') },
        { title: harmless('d'), isCloseAffordance: true },
      ]);
    });

    it(`${name} gives nothing back when nothing was chosen`, async () => {
      window[name] = async () => undefined;
      assert.equal(await show('a', 'b'), undefined);
    });
  }

  it('withProgress shows a plain title and plain steps', async () => {
    const shown: unknown[] = [];
    window.withProgress = (options: unknown, task: (progress: unknown, token: unknown) => unknown) => {
      shown.push(options);
      return task({ report: (step: unknown) => shown.push(step) }, 'token');
    };
    const result = await withProgress(
      { location: 15, title: hostile('a'), cancellable: true },
      async (progress, token) => {
        progress.report({ message: hostile('b'), increment: 3 });
        progress.report({ increment: 4 });
        return token;
      },
    );
    assert.equal(result, 'token');
    assert.deepEqual(shown, [
      { location: 15, title: harmless('a'), cancellable: true },
      { message: harmless('b'), increment: 3 },
      { message: undefined, increment: 4 },
    ]);
  });
});
