/** Each page in Chinese: it says nothing before the host has spoken, and nothing in English after. */

import assert from 'node:assert/strict';
import { listPageTexts } from '../../scripts/build/pageTexts.ts';
import { pageTexts } from '../../src/ui/host/pageTexts.ts';
import { translations } from '../support/translations.ts';
import { answer, compareSnapshot, questionSet, single } from './compareSamples.ts';
import { everyKind, historyList } from './historySamples.ts';
import { inspectMessage, sampleRecord } from './inspectSamples.ts';
import type { OpenOptions, PanelPage } from './panelPage.ts';
import { attachment, composer, richAnswer, snapshot, turn } from './samples.ts';
import { usageSnapshot } from './usageSamples.ts';
import { usePanel } from './usePanel.ts';

type Messages = Parameters<PanelPage['send']>;

const failed = turn('t2', {
  outcome: {
    status: 'failed',
    error: {
      kind: 'network',
      title: '无法连接',
      advice: '请检查网络。',
      code: 'ECONNREFUSED',
      actions: ['retry'],
    },
  },
});
const pages: Record<string, { options?: OpenOptions; messages: Messages; says: string }> = {
  'a chat': {
    messages: [
      snapshot({
        composer: { ...composer, attachments: [attachment] },
        turns: [turn('t1', { text: richAnswer, reasoning: '…' }), failed],
      }),
      { type: 'find-show' },
    ],
    says: '复制回答',
  },
  'an empty chat': {
    messages: [snapshot({ composer: { ...composer, connection: 'none' } })],
    says: '设置 API 密钥',
  },
  'the list of chats': {
    messages: [snapshot(), { type: 'history-show' }, historyList(everyKind())],
    says: '历史对话',
  },
  'a comparison': {
    options: { entry: 'compare' },
    messages: [compareSnapshot(single({ c1: answer(), c2: answer(), c3: answer() }))],
    says: '要比较的模型',
  },
  'a set of questions': {
    options: { entry: 'compare' },
    messages: [compareSnapshot(questionSet(3))],
    says: '要比较的模型',
  },
  usage: { options: { entry: 'usage' }, messages: [usageSnapshot], says: '用量统计' },
  'the inspector': {
    options: { page: 'inspect.html' },
    messages: [inspectMessage([sampleRecord(3)])],
    says: '请求',
  },
};

describe('a page in Chinese', () => {
  const panel = usePanel();
  /** What the host says in these samples is English. */
  const chinese: Record<string, string> = JSON.parse(pageTexts(translations('zh-cn'), listPageTexts()));

  const isEnglish = (text: string): boolean => chinese[text] !== undefined && chinese[text] !== text;

  for (const [name, { options, messages, says }] of Object.entries(pages))
    it(`is Chinese from the first frame on: ${name}`, async () => {
      const { page, send } = await panel.open({ ...options, language: 'zh-cn', width: 900 });
      const leaves = page.locator('#app :visible:not(:has(*))');
      assert.equal((await leaves.allTextContents()).join('').trim(), '');
      assert.deepEqual((await page.evaluate(wordsOf)).filter(isEnglish), []);
      await send(...messages);
      const said = await page.evaluate(wordsOf);
      assert.ok(said.includes(says), said.filter(Boolean).join(' | '));
      assert.deepEqual(said.filter(isEnglish), []);
    });
});

/** Runs in the page: its texts and what screen readers say, whether in sight or not. */
function wordsOf(): string[] {
  const named = ['aria-label', 'aria-description', 'title', 'placeholder', 'data-tooltip'];
  return [...document.querySelectorAll('#app *')].flatMap((element) => [
    ...named.map((name) => element.getAttribute(name)?.trim() ?? ''),
    ...[...element.childNodes].map((node) => (node.nodeType === 3 ? (node.textContent ?? '').trim() : '')),
  ]);
}
