import assert from 'node:assert/strict';
import type { InputBoxOptions } from 'vscode';
import { type AskForSecretsDependencies, askForSecrets } from '../../../src/connections/host/keyCommands.ts';
import type { ConnectionProfile } from '../../../src/providers/common/connectionProfile.ts';
import { InputBoxValidationSeverity, speak, window } from '../../support/standIn/vscode.ts';

/** What the prompt for the key of such a connection says of what stands in it. */
async function judge(provider: ConnectionProfile['provider'], typed: string): Promise<unknown> {
  let asked: InputBoxOptions | undefined;
  window.showInputBox = async (options: InputBoxOptions): Promise<void> => {
    asked = options;
  };
  await askForSecrets({} as AskForSecretsDependencies, { id: 'x', name: 'x', provider });
  return asked?.validateInput?.(typed);
}

describe('the prompt for a key', () => {
  afterEach(() => {
    delete window.showInputBox;
    speak('en');
  });

  it('knows how each platform’s keys begin, and lets others pass', async () => {
    const warned = (await judge('qianfan-v2', 'sk-0123456789')) as { message: string; severity: number };
    assert.equal(warned.severity, InputBoxValidationSeverity.Warning);
    assert.equal(
      warned.message,
      'Keys of this platform begin with “bce-v3/”; this one does not. Enter stores it all the same.',
    );
    speak('zh-cn');
    const { message } = (await judge('dashscope', 'bce-v3/ALTAK-0123')) as { message: string };
    assert.equal(message, '该平台的密钥以“sk-”开头，而当前密钥不是。按 Enter 仍会保存。');
  });

  it('says nothing of a key that begins so, or of a platform whose keys begin as they like', async () => {
    assert.equal(await judge('dashscope', ' "sk-0123456789" '), undefined);
    assert.equal(await judge('qianfan-v2', 'bce-v3/ALTAK-0123'), undefined);
    assert.equal(await judge('openai', 'anything-0123'), undefined);
  });
});
