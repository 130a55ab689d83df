// What the tests of inline edits start from: an emulated platform, a folder of files, and edits that ask nobody.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Attachment } from '../../src/chat/common/conversation.ts';
import { type CodeTools, createCodeTools } from '../../src/edit/host/code/codeTools.ts';
import type { Dialogs, Question } from '../../src/edit/host/code/dialogs.ts';
import { InlineEdits } from '../../src/edit/host/inlineEdits.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { describeModel } from '../../src/providers/describeModel.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { createMemento } from '../support/memento.ts';
import { inEnglish } from './inEnglish.ts';

export interface EditBench {
  emulator: Emulator;
  edits: InlineEdits;
  codeTools: CodeTools;
  asked: Question[];
  /** Chooses an answer to a question; nothing by default. */
  answer: (question: Question) => string | undefined;
  /** What the user is asked to confirm; `false` stops it. */
  confirm: (attachments: readonly Attachment[]) => boolean | Promise<boolean>;
  stored: Map<string, unknown>;
  /** Another one, as after a reload of the window: with the same memory. */
  create(): InlineEdits;
  open(name: string, content: string | Uint8Array, encoding?: string): Promise<vscode.TextDocument>;
  /** Lines from 0, the last one included. */
  edit(document: vscode.TextDocument, first: number, last: number): Promise<void>;
  dispose(): Promise<void>;
}

export async function createBench(): Promise<EditBench> {
  const emulator = await startEmulator({ pace: 0 });
  const folder = await mkdtemp(
    path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? os.tmpdir(), 'edit-'),
  );
  const stored = new Map<string, unknown>();
  const dialogs: Dialogs = {
    ask: async (question) => {
      const asked = { ...question, text: inEnglish(question.text), choices: question.choices.map(inEnglish) };
      bench.asked.push(asked);
      const choice = bench.answer(asked);
      return question.choices[asked.choices.indexOf(choice ?? '')];
    },
    pick: async () => undefined,
  };
  const codeTools = createCodeTools({
    lastEditor: { get: () => vscode.window.activeTextEditor },
    attachmentsOf: () => [],
    dialogs,
  });
  const create = (): InlineEdits =>
    new InlineEdits({
      models: {
        open: async () =>
          createChatModel(
            { protocol: 'dashscope', baseUrl: emulator.origin, apiKey: 'sk-edit' },
            'qwen-plus',
          ),
        describe: () => describeModel('dashscope', 'qwen-plus'),
      } as never,
      settings: () => ({ model: 'dashscope/qwen-plus', parameters: {} }),
      lastEditor: { get: () => vscode.window.activeTextEditor },
      codeTools,
      dialogs,
      confirmSend: async (attachments) => bench.confirm(attachments),
      workspaceState: createMemento(stored),
    });
  const bench: EditBench = {
    emulator,
    codeTools,
    edits: create(),
    asked: [],
    answer: () => undefined,
    confirm: () => true,
    stored,
    create,
    async open(name, content, encoding) {
      const file = path.join(folder, name);
      await writeFile(file, content);
      const uri = vscode.Uri.file(file);
      const document = await vscode.workspace.openTextDocument(uri, encoding ? { encoding } : undefined);
      await vscode.window.showTextDocument(document);
      return document;
    },
    edit: (document, first, last) =>
      bench.edits.edit({
        instruction: 'Change it',
        uri: document.uri,
        range: new vscode.Range(first, 0, last, 1),
      }),
    async dispose() {
      bench.edits.dispose();
      codeTools.dispose();
      while (vscode.window.activeTextEditor)
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.commands.executeCommand('workbench.action.closeAllGroups');
      await emulator.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return bench;
}

/** Milliseconds from a change until Auto Save writes. */
export const autoSaveDelay = 200;

/** Off where no test turns it on. */
export async function setAutoSave(mode: 'off' | 'afterDelay'): Promise<void> {
  const settings = vscode.workspace.getConfiguration('files');
  const delay = mode === 'afterDelay' ? autoSaveDelay : undefined;
  await settings.update('autoSaveDelay', delay, vscode.ConfigurationTarget.Global);
  await settings.update('autoSave', mode, vscode.ConfigurationTarget.Global);
}
