/** Conversations from elsewhere: what their addresses may lead to, and what an import brings. */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../src/base/host/userError.ts';
import {
  type Attachment,
  type Conversation,
  createConversation,
} from '../../src/chat/common/conversation.ts';
import { exportJson } from '../../src/chat/common/exportJson.ts';
import type { ImportSummary } from '../../src/chat/common/importConversations.ts';
import { importFiles } from '../../src/chat/host/history/importConversations.ts';
import { attachFromEditor } from '../../src/context/host/editorContext.ts';
import { createOrigins } from '../../src/context/host/origins.ts';
import { readAgain } from '../../src/context/host/readAgain.ts';
import { readUri } from '../../src/context/host/readUri.ts';
import { usableAddress } from '../../src/context/host/storedAddress.ts';
import { type CodeTools, createCodeTools } from '../../src/edit/host/code/codeTools.ts';
import type { Question } from '../../src/edit/host/code/dialogs.ts';
import { textParts } from '../../src/llm/answerParts.ts';
import { inEnglish } from './inEnglish.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

about('words').describe('a conversation from elsewhere', () => {
  let root: string;
  let inside: string;
  let outside: string;
  const secret = 'old secret\n';
  const urlOf = (...parts: string[]): string => vscode.Uri.file(path.join(...parts)).toString();
  const attachment = (fields: Partial<Attachment>): Attachment => ({
    id: 'x',
    kind: 'file',
    path: 'src/a.ts',
    uri: '',
    languageId: 'typescript',
    startLine: 1,
    endLine: 1,
    text: 'old',
    ...fields,
  });
  /** As a chip shows a file of the workspace. */
  const shown = (...parts: string[]): string => path.relative(root, path.join(...parts));

  beforeEach(async () => {
    root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    assert.notEqual(root, '');
    inside = await mkdtemp(path.join(root, 'import-'));
    outside = await mkdtemp(path.join(os.tmpdir(), 'qiao-outside-'));
    await mkdir(path.join(inside, 'src'));
    await writeFile(path.join(inside, 'src/a.ts'), 'old\n');
    await writeFile(path.join(outside, 'id_rsa'), secret);
    await symlink(outside, path.join(inside, 'link'));
    await symlink(path.join(outside, 'id_rsa'), path.join(inside, 'src/b.ts'));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const folder of [inside, outside]) await rm(folder, { recursive: true, force: true });
  });

  /** Addresses that lead out of the workspace, are none of a file, or are another file than the chip names. */
  function hostileAddresses(): Partial<Attachment>[] {
    const folder = vscode.Uri.file(inside).toString();
    const up = path.relative(inside, outside);
    return [
      { uri: urlOf(outside, 'id_rsa') },
      { uri: urlOf(outside, 'id_rsa'), path: 'id_rsa' },
      { uri: `${folder}/${up}/id_rsa`, path: 'id_rsa' },
      { uri: `${folder}/${encodeURIComponent(up)}/id_rsa`, path: 'id_rsa' },
      { uri: `${folder}/${up.replaceAll('.', '%2e')}/id_rsa`, path: 'id_rsa' },
      { uri: `${folder}/${up.replaceAll('/', '%5c')}%5cid_rsa`, path: 'id_rsa' },
      { uri: `${folder}/src/./a.ts` },
      { uri: urlOf(inside, 'link/id_rsa'), path: shown(inside, 'link/id_rsa') },
      { uri: urlOf(inside, 'link/new.ts'), path: shown(inside, 'link/new.ts') },
      { uri: urlOf(inside, 'src/b.ts'), path: shown(inside, 'src/b.ts') },
      { uri: `file://server/share${inside}/src/a.ts` },
      { uri: `file:////server${inside}/src/a.ts` },
      { uri: `vscode-userdata:${inside}/src/a.ts` },
      { uri: `untitled:${inside}/src/a.ts` },
      { uri: 'untitled:Untitled-99', path: 'Untitled-99' },
      {
        uri: `git:${inside}/src/a.ts?${encodeURIComponent(JSON.stringify({ path: '/etc/passwd', ref: '' }))}`,
      },
      { uri: `http://localhost${inside}/src/a.ts` },
      { uri: 'command:workbench.action.terminal.new' },
      { uri: `${folder}/src/a.ts%00.png` },
      { uri: `${folder}/src/a.ts`, path: 'src/other.ts' },
      { uri: urlOf(root, '.vscode/tasks.json'), path: 'src/a.ts' },
      { uri: 'src/a.ts' },
      { uri: '%' },
      { uri: '' },
    ];
  }

  it('leads only to files of the workspace, those that its chips name', async () => {
    const own = attachment({ uri: urlOf(inside, 'src/a.ts') });
    for (const name of ['a.ts', 'src/a.ts', shown(inside, 'src/a.ts'), `folder/${shown(inside, 'src/a.ts')}`])
      assert.equal((await usableAddress({ ...own, path: name }))?.toString(), own.uri, name);
    const gone = attachment({ uri: urlOf(inside, 'src/gone.ts'), path: 'src/gone.ts' });
    assert.equal((await usableAddress(gone))?.toString(), gone.uri);
    for (const place of hostileAddresses()) {
      assert.equal(await usableAddress(attachment(place)), undefined, JSON.stringify(place));
      if (place.uri !== '') assert.equal(await readAgain(attachment(place), createOrigins()), undefined);
    }
  });

  it('leads to what the user attached in this window, wherever it lies', async () => {
    const made = await readUri(vscode.Uri.file(path.join(outside, 'id_rsa')));
    assert.equal((await usableAddress(made))?.toString(), made.uri);
    const document = await vscode.workspace.openTextDocument({ content: 'x' });
    const untitled = await attachFromEditor(await vscode.window.showTextDocument(document));
    assert.equal((await usableAddress(untitled))?.toString(), untitled.uri);
  });

  it('lets no code be applied outside of the workspace, nor replace anything there', async () => {
    let attachments: Attachment[] = [];
    const asked: Question[] = [];
    const tools: CodeTools = createCodeTools({
      lastEditor: { get: () => undefined },
      attachmentsOf: () => attachments,
      dialogs: {
        async ask(question) {
          asked.push(question);
          return undefined;
        },
        pick: async () => undefined,
      },
    });
    try {
      for (const place of hostileAddresses()) {
        for (const action of ['apply', 'replace'] as const) {
          asked.length = 0;
          attachments = [attachment({ ...place, kind: action === 'apply' ? 'file' : 'selection' })];
          await tools.run({ action, turnId: 't', code: 'new', language: 'ts' });
          assert.equal(asked.length, 1, JSON.stringify(place));
          assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 0, JSON.stringify(place));
        }
        attachments = [attachment(place)];
        await tools.run({
          action: 'apply',
          turnId: 't',
          code: 'new',
          language: `ts ${place.path ?? 'src/a.ts'}`,
        });
        assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 0, JSON.stringify(place));
      }
      assert.match(inEnglish(asked.at(-1)?.text ?? ''), /There is no src|names no file/);
      attachments = [attachment({ uri: urlOf(inside, 'src/a.ts') })];
      await tools.run({ action: 'apply', turnId: 't', code: 'new', language: 'ts' });
      await until(
        () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff,
      );
      await tools.discardProposal();
    } finally {
      tools.dispose();
    }
  });

  describe('that is imported', () => {
    const conversation = (attachments: readonly Attachment[], systemPrompt?: string): Conversation => ({
      ...createConversation('c', 5, null),
      settings: { systemPrompt },
      turns: [
        {
          id: 't',
          parentId: null,
          question: 'q',
          attachments,
          model: 'dashscope/m',
          parameters: {},
          askedAt: 5,
          answer: { status: 'done', parts: textParts('a') },
        },
      ],
      headId: 't',
    });
    let added: Conversation[];
    let shownFacts: [ImportSummary, number][];

    async function take(
      text: string,
      answer: 'import' | 'without-prompts' | 'cancel' = 'import',
    ): Promise<readonly Attachment[]> {
      [added, shownFacts] = [[], []];
      const file = path.join(inside, 'conversation.json');
      await writeFile(file, text);
      await importFiles([vscode.Uri.file(file)], {
        history: {
          async add(one) {
            added.push(one);
          },
        },
        async confirm(facts, links) {
          shownFacts.push([facts, links]);
          return answer === 'cancel' ? undefined : answer;
        },
      });
      return added[0]?.turns[0]?.attachments ?? [];
    }

    it('keeps the texts and names of its attachments, and only the links that lead into the workspace', async () => {
      const own = attachment({ id: 'own', uri: urlOf(inside, 'src/a.ts') });
      const hostile = hostileAddresses().map((place, index) => attachment({ ...place, id: `h${index}` }));
      const taken = await take(exportJson([conversation([own, ...hostile])]));
      assert.deepEqual(taken, [own, ...hostile.map((one) => ({ ...one, uri: '', path: one.path }))]);
      assert.deepEqual(shownFacts, [
        [
          { conversations: 1, questions: 1, attachments: 1 + hostile.length, images: 0, systemPrompts: [] },
          hostile.filter(({ uri }) => uri !== '').length,
        ],
      ]);
    });

    it('loses a link even to a file that was attached in this window', async () => {
      const made = await readUri(vscode.Uri.file(path.join(outside, 'id_rsa')));
      assert.equal((await take(exportJson([conversation([made])])))[0]?.uri, '');
    });

    it('is shown before it is taken when it brings a system prompt, which can be left out', async () => {
      const text = exportJson([conversation([], 'Obey.')]);
      await take(text);
      assert.deepEqual(shownFacts[0]?.[0].systemPrompts, ['Obey.']);
      assert.equal(added[0]?.settings.systemPrompt, 'Obey.');
      await take(text, 'without-prompts');
      assert.deepEqual(added[0]?.settings, {});
      await take(text, 'cancel');
      assert.deepEqual(added, []);
    });

    it('is taken at once when it steers nothing and loses nothing', async () => {
      await take(exportJson([conversation([attachment({ uri: urlOf(inside, 'src/a.ts') })])]), 'cancel');
      assert.equal(added.length, 1);
      assert.deepEqual(shownFacts, []);
    });

    it('brings nothing when its file is not sound, and says why', async () => {
      const sound = exportJson([conversation([])]);
      for (const [text, reason] of [
        ['{', /not a chat that Qiao exported\. Nothing/],
        [sound.replace('"version": 1', '"version": 2'), /Update Qiao/],
        [sound.replace('"askedAt": 5', '"askedAt": "5"'), /conversations\.0\.turns\.0\.askedAt/],
        ['['.repeat(1000), /too large/],
      ] as const) {
        await assert.rejects(
          take(text),
          (error) => error instanceof UserError && reason.test(inEnglish(error.message)),
        );
        assert.deepEqual(added, []);
      }
    });
  });
});
