/** States of a comparison's page, in both languages. */

import type { AnswerView, ComparisonView } from '../../src/compare/common/compareProtocol.ts';
import {
  answer,
  columns,
  compareSnapshot,
  questionSet,
  single,
  untouched,
} from '../webview/compareSamples.ts';
import type { PanelPage } from '../webview/panelPage.ts';
import { chineseAnswer, richAnswer } from '../webview/samples.ts';
import type { PanelStateSample } from './states.ts';

const coming: AnswerView = answer({ status: 'running', text: '', metrics: undefined });

const failed: AnswerView = answer({
  status: 'failed',
  text: '',
  metrics: { totalMs: 640, estimated: true },
  error: {
    kind: 'rate-limited',
    title: 'Too many requests at the moment',
    advice: 'The platform limits how fast this key may ask. Wait a little and try again.',
    detail: 'Requests rate limit exceeded, please try again later.',
    status: 429,
    code: 'Throttling.RateQuota',
    requestId: '4bbf022b-e68c-9848-8328-dc401165051d',
    actions: ['retry'],
  },
});

const chinese: ComparisonView = {
  ...single({
    c1: answer({ text: '渡轮每小时整点出发，桥梁在**半点**开放。乘客应当提前十分钟到达。' }),
    c2: answer({ text: '渡轮每小时整点出发，桥梁在**一刻钟**时关闭。乘客应当提前五分钟到达。' }),
  }),
  columns: columns.slice(0, 2),
  draft: '渡轮和桥梁怎样共用一张时刻表？',
};

const showDifferences = ({ page }: PanelPage): Promise<void> => page.locator('.check input').check();

const states: readonly PanelStateSample[] = [
  { name: 'compare nothing yet', messages: [compareSnapshot(untouched)] },
  {
    name: 'compare answers coming',
    messages: [
      compareSnapshot(
        single({
          c1: { ...coming, text: richAnswer.slice(0, 200), firstTokenMs: 412 },
          c2: { ...coming, reasoning: 'First the tides…', firstTokenMs: 730 },
          c3: { ...coming, wait: 'Too many requests at the moment. Trying again in 2 s (try 2).' },
        }),
      ),
    ],
  },
  {
    name: 'compare answers',
    messages: [compareSnapshot(single({ c1: answer({ text: richAnswer }), c2: answer(), c3: failed }))],
  },
  {
    name: 'compare differences in Chinese',
    messages: [compareSnapshot(chinese)],
    language: 'zh-cn',
    act: showDifferences,
  },
  {
    name: 'compare narrow',
    width: 300,
    messages: [compareSnapshot(single({ c1: answer({ text: chineseAnswer }), c2: answer(), c3: failed }))],
  },
  { name: 'compare questions running', messages: [compareSnapshot(questionSet(200, 90))] },
  { name: 'compare questions in Chinese', messages: [compareSnapshot(questionSet(200))], language: 'zh-cn' },
];

export const compareStates: readonly PanelStateSample[] = states.map((state) => ({
  width: 1000,
  height: 700,
  ...state,
  entry: 'compare',
}));
