// The commonest failures of servers of OpenAI's protocol, each with its card and the next step.
import type { FrameLocator, Page } from '@playwright/test';
import type { Emulator, ScriptStep } from '../../src/emulator/index.ts';
import { familyScripts, familyTexts } from '../../src/emulator/openai/families.ts';
import {
  notification,
  openPanel,
  quickInputField,
  quickPickRow,
  runCommand,
  takePicture,
} from './actions.ts';
import { askInPanel, endedTurn, errorCard, lastAnswer } from './chat.ts';
import { expect } from './fixtures.ts';

const json = (status: number, body: unknown): ScriptStep => ({
  response: {
    status,
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  },
});
const endsWith = (word: string): ScriptStep => ({ pieces: [familyTexts.half], finishReason: word });

interface Case {
  name: string;
  step: ScriptStep;
  /** Of the card, or of the line below an answer. */
  en: string;
  zh: string;
  /** The service's own words, which stand on the card. */
  words?: string;
  /** An answer, with a line below it. */
  answers?: true;
}

const cases: readonly Case[] = [
  {
    name: 'quota',
    step: familyScripts('zhipu').errorBefore,
    en: 'The quota of this account is used up',
    zh: '账户额度已用完',
    words: '余额不足',
  },
  {
    name: 'key',
    step: json(401, { detail: 'Invalid token or expired token!' }),
    en: 'The platform does not accept this key',
    zh: '平台不接受该密钥',
    words: 'expired token',
  },
  {
    name: 'busy',
    step: json(429, { error: { code: '1302', message: '您当前使用该API的并发数过高' } }),
    en: 'Too many requests at the moment',
    zh: '当前请求过于频繁',
    words: '并发数过高',
  },
  {
    name: 'too-long',
    step: familyScripts('moonshot').errorBefore,
    en: 'The question is too long for this model',
    zh: '问题超出了该模型的长度上限',
    words: 'token limit: 8192',
  },
  {
    name: 'filtered',
    step: familyScripts('ark').errorBefore,
    en: 'The platform’s content filter stepped in',
    zh: '触发了平台的内容审核',
    words: 'sensitive information',
  },
  {
    name: 'no-model',
    step: familyScripts('ollama').errorBefore,
    en: 'The platform does not know this model',
    zh: '平台上没有这个模型',
    words: 'try pulling it first',
  },
  {
    name: 'loading',
    step: familyScripts('llama.cpp').errorBefore,
    en: 'The platform has trouble at the moment',
    zh: '平台暂时出现故障',
    words: 'Loading model',
  },
  {
    name: 'within',
    step: familyScripts('deepseek').errorWithin,
    en: 'The platform has trouble at the moment',
    zh: '平台暂时出现故障',
    words: 'Service is too busy.',
  },
  {
    name: 'broken-off',
    step: endsWith('network_error'),
    en: 'The platform broke the answer off (network_error).',
    zh: '平台中断了回答（network_error）。',
    answers: true,
  },
  {
    name: 'unknown-end',
    step: endsWith('moonlight'),
    en: 'a reason that Qiao does not know (moonlight)',
    zh: 'Qiao 不认识的原因（moonlight）',
    answers: true,
  },
  {
    name: 'wrong-address',
    step: json(404, '404 page not found'),
    en: 'There is nothing at this address',
    zh: '这个地址上没有接口',
    words: '404 page not found',
  },
];

async function see(panel: FrameLocator, { name, answers, words }: Case, title: string): Promise<void> {
  await askInPanel(panel, `Question: ${name}`);
  await expect(endedTurn(panel)).toBeVisible();
  if (answers || name === 'within') await expect(lastAnswer(panel)).toHaveText(familyTexts.half);
  if (answers) {
    await expect(endedTurn(panel)).toContainText(title);
    return;
  }
  await expect(errorCard(panel)).toContainText(title);
  await expect(errorCard(panel)).toContainText(words ?? title);
  await expect(errorCard(panel)).not.toContainText(/[{}]/);
}

/** Answers the input box with this title. */
async function answer(page: Page, title: string, text: string): Promise<void> {
  await expect(page.locator('.quick-input-title')).toContainText(title);
  await quickInputField(page).fill(text);
  await page.keyboard.press('Enter');
}

const languages = {
  en: {
    manage: 'Qiao: Manage Connections',
    add: 'Add a connection',
    server: /^OpenAI-compatible/,
    steps: ['Name of the connection', 'Address', 'Servers'],
    used: /answers from now on/,
    check: 'Check Address',
    diagnose: 'Diagnose',
  },
  zh: {
    manage: 'Qiao: 管理连接',
    add: '添加连接',
    server: /^OpenAI 兼容接口/,
    steps: ['连接的名称', '地址', 'Servers'],
    used: /今后由 Servers 回答|Servers/,
    check: '检查地址',
    diagnose: '诊断',
  },
} as const;

/** Sets up a server in VS Code's language, and sees all its failures in the panel. */
export async function seeFailures(page: Page, emulator: Emulator, language: 'en' | 'zh'): Promise<void> {
  const texts = languages[language];
  const panel = await openPanel(page);
  await runCommand(page, texts.manage);
  await quickPickRow(page, texts.add).click();
  await quickPickRow(page, texts.server).click();
  const [name, address, key] = texts.steps;
  await answer(page, name, 'Servers');
  await answer(page, address, `${emulator.origin}/v1`);
  await answer(page, key, 'sk-0123456789abcdef');
  await notification(page, texts.used);
  for (const one of cases) {
    emulator.script(one.step);
    await see(panel, one, one[language]);
    await takePicture(page, `${language}-${one.name}`);
  }
  await expect(errorCard(panel).getByText(texts.diagnose, { exact: true })).toBeVisible();
  await errorCard(panel).getByText(texts.check, { exact: true }).click();
  await answer(page, name, 'Servers');
  await expect(page.locator('.quick-input-title')).toContainText(address);
  await expect(quickInputField(page)).toHaveValue(`${emulator.origin}/v1`);
  await takePicture(page, `${language}-check-address`);
  await page.keyboard.press('Escape');
}
