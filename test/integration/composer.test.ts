import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Attachment, createConversation, emptyAnswer } from '../../src/chat/common/conversation.ts';
import { Composer, type ComposerOptions } from '../../src/chat/host/composer/composer.ts';
import type { ContextSources } from '../../src/context/host/contextSources.ts';
import { DraftAttachments } from '../../src/context/host/draftAttachments.ts';
import { textParts } from '../../src/llm/answerParts.ts';
import type { SlashCommand } from '../../src/prompts/host/slashCommand.ts';

const attachment = (path: string): Attachment => ({
  id: path,
  kind: 'file',
  path,
  uri: `file:///project/${path}`,
  languageId: '',
  startLine: 1,
  endLine: 1,
  text: path,
});

describe('the composer', () => {
  let attachments: DraftAttachments;
  let composer: Composer;
  /** Answers what the command `/ask` asks the user. */
  let answer: (text: string) => void;
  /** Lets what a command brought be judged. */
  let judge: Promise<void>;
  let ran: string[];
  let open: (parts: { attachments: DraftAttachments; chats?: unknown; models?: unknown }) => Composer;

  const known: readonly SlashCommand[] = [
    {
      kind: 'ask',
      name: 'ask',
      attachments: async () => [attachment('brought.ts')],
      prompt: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      preview: async () => '',
    },
    {
      kind: 'local',
      name: 'clear',
      run: async (rest) => {
        ran.push(rest);
      },
    },
  ];
  const silent = new vscode.EventEmitter<void>().event;

  beforeEach(() => {
    ran = [];
    judge = Promise.resolve();
    const sources: Pick<ContextSources, 'blockReason'> = {
      blockReason: async () => {
        await judge;
        return undefined;
      },
    };
    attachments = new DraftAttachments({ sources: sources as ContextSources });
    const commands = {
      choices: [],
      onDidChange: silent,
      load: async () => {},
      parse(draft: string) {
        const [, name, rest = ''] = /^\/(\w+)\s*(.*)$/.exec(draft) ?? [];
        const command = known.find((one) => one.name === name);
        return command && { command, rest };
      },
      dispose: () => {},
    };
    const part = { onDidChange: silent };
    open = (parts) =>
      new Composer({
        chats: part,
        models: part,
        notices: part,
        lists: part,
        connectionState: part,
        starters: part,
        commands,
        ...parts,
      } as unknown as ComposerOptions);
    composer = open({ attachments });
  });
  afterEach(() => {
    composer.dispose();
    attachments.dispose();
  });

  const until = async (condition: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 200 && !condition(); turn++)
      await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(condition());
  };

  it('lets no second question take what is attached to one that still asks the user', async () => {
    answer = () => assert.fail('nothing was asked');
    const first = composer.take('/ask');
    await until(() => attachments.views.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await assert.rejects(composer.take('another'), { name: 'UserError' });
    answer('prompt');
    const question = await first;
    assert.deepEqual(
      question?.attachments.map(({ path }) => path),
      ['brought.ts'],
    );
    assert.equal((await composer.take('another'))?.question, 'another');
  });

  it('adds nothing for a command that is gone from the draft', async () => {
    let judged = (): void => {};
    judge = new Promise((resolve) => {
      judged = resolve;
    });
    composer.draft = '/ask';
    await new Promise((resolve) => setTimeout(resolve, 20));
    composer.draft = 'a question of my own';
    judged();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(attachments.views, []);
  });

  it('counts and sends what follows the editor only while the conversation does not hold it', async () => {
    const held = attachment('a.ts');
    const turn = {
      id: 't',
      question: 'one',
      attachments: [held],
      answer: { ...emptyAnswer, parts: textParts('Yes.') },
    };
    const chats = {
      onDidChange: silent,
      current: {
        conversation: {
          ...createConversation('c', 0, null),
          headId: 't',
          turns: [{ ...turn, parentId: null }],
        },
        settings: { model: 'demo/m', parameters: {}, systemPrompt: '' },
      },
    };
    attachments.dispose();
    attachments = new DraftAttachments({
      sources: { blockReason: async () => undefined } as Partial<ContextSources> as ContextSources,
      isRepeated: (one) => composer.repeats(one),
    });
    const models = { describe: () => ({ parameters: {} }), onDidChange: silent };
    composer = open({ chats, models, attachments });
    await attachments.add([held], { implicit: true });
    assert.equal((await composer.preview()).attachments.length, 1);
    assert.equal((await composer.take('new: it goes along'))?.attachments.length, 1);
    assert.deepEqual((await composer.preview()).attachments, []);
    assert.deepEqual((await composer.take('again'))?.attachments, []);
    chats.current.conversation = createConversation('other', 0, null) as never;
    assert.equal((await composer.preview()).attachments.length, 1);
    assert.equal((await composer.take('elsewhere'))?.attachments.length, 1);
  });

  it('keeps what stands behind a command that asks nothing', async () => {
    assert.equal(await composer.take('/clear why is it slow?'), undefined);
    assert.deepEqual(ran, ['why is it slow?']);
    assert.equal(composer.draft, 'why is it slow?');
  });
});
