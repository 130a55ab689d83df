// The commonest failures of servers of OpenAI's protocol, each with its card and the next step.
import { readFileSync } from 'node:fs';
import type { FrameLocator, Page } from '@playwright/test';
import type { Emulator, ScriptStep } from '../../src/emulator/index.ts';
import { familyScripts, familyTexts } from '../../src/emulator/openai/families.ts';
import {
  answerInput,
  chooseRow,
  notification,
  openPanel,
  quickInputField,
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
  /** Of the card, or of the line below an answer; `{0}` is the service's word for the end. */
  title: string;
  /** The service's own words, which stand on the card or in the line. */
  words: string;
  /** An answer, with a line below it. */
  answers?: true;
}

const cases: readonly Case[] = [
  {
    name: 'quota',
    step: familyScripts('zhipu').errorBefore,
    title: 'The quota of this account is used up',
    words: '余额不足',
  },
  {
    name: 'key',
    step: json(401, { detail: 'Invalid token or expired token!' }),
    title: 'The platform does not accept this key',
    words: 'expired token',
  },
  {
    name: 'busy',
    step: json(429, { error: { code: '1302', message: '您当前使用该API的并发数过高' } }),
    title: 'Too many requests at the moment',
    words: '并发数过高',
  },
  {
    name: 'too-long',
    step: familyScripts('moonshot').errorBefore,
    title: 'The question is too long for this model',
    words: 'token limit: 8192',
  },
  {
    name: 'filtered',
    step: familyScripts('ark').errorBefore,
    title: 'The platform’s content filter stepped in',
    words: 'sensitive information',
  },
  {
    name: 'no-model',
    step: familyScripts('ollama').errorBefore,
    title: 'The platform does not know this model',
    words: 'try pulling it first',
  },
  {
    name: 'loading',
    step: familyScripts('llama.cpp').errorBefore,
    title: 'The platform has trouble at the moment',
    words: 'Loading model',
  },
  {
    name: 'within',
    step: familyScripts('deepseek').errorWithin,
    title: 'The platform has trouble at the moment',
    words: 'Service is too busy.',
  },
  {
    name: 'broken-off',
    step: endsWith('network_error'),
    title: 'The platform broke the answer off ({0}). Continue it, or try again.',
    words: 'network_error',
    answers: true,
  },
  {
    name: 'unknown-end',
    step: endsWith('moonlight'),
    title: 'The platform ended the answer with a reason that Qiao does not know ({0}). It may be incomplete.',
    words: 'moonlight',
    answers: true,
  },
  {
    name: 'wrong-address',
    step: json(404, '404 page not found'),
    title: 'There is nothing at this address',
    words: '404 page not found',
  },
];

type Translate = (text: string, ...values: readonly string[]) => string;

/** The product's texts in a language, as VS Code fills their placeholders. */
function textsIn(language: 'en' | 'zh-cn'): Translate {
  const bundle: Record<string, string> =
    language === 'en' ? {} : JSON.parse(readFileSync(`l10n/bundle.l10n.${language}.json`, 'utf8'));
  return (text, ...values) => {
    const translated = language === 'en' ? text : bundle[text];
    if (translated === undefined) throw new Error(`The bundle lacks "${text}".`);
    return translated.replace(/\{(\d)\}/g, (placeholder, index) => values[Number(index)] ?? placeholder);
  };
}

async function see(
  panel: FrameLocator,
  { name, answers, title: text, words }: Case,
  translate: Translate,
): Promise<void> {
  const title = translate(text, words);
  await askInPanel(panel, `Question: ${name}`);
  await expect(endedTurn(panel)).toBeVisible();
  if (answers || name === 'within') await expect(lastAnswer(panel)).toHaveText(familyTexts.half);
  if (answers) {
    await expect(endedTurn(panel)).toContainText(title);
    return;
  }
  await expect(errorCard(panel)).toContainText(title);
  await expect(errorCard(panel)).toContainText(words);
  await expect(errorCard(panel)).not.toContainText(/[{}]/);
}

/** Sets up a server in VS Code's language, and sees all its failures in the panel. */
export async function seeFailures(page: Page, emulator: Emulator, language: 'en' | 'zh-cn'): Promise<void> {
  const translate = textsIn(language);
  const name = translate('Name of the connection');
  const address = translate('Address');
  const panel = await openPanel(page);
  await runCommand(page, `Qiao: ${translate('Manage Connections')}`);
  await chooseRow(page, translate('Add a connection…'));
  await chooseRow(page, new RegExp(`^${translate('OpenAI-compatible')}`));
  await answerInput(page, name, 'Servers');
  await answerInput(page, address, `${emulator.origin}/v1`);
  await answerInput(page, 'Servers', 'sk-0123456789abcdef');
  const [used = ''] = translate('{0} answers from now on, with {1}.', 'Servers').split('{1}');
  await notification(page, used.trim());
  for (const one of cases) {
    emulator.script(one.step);
    await see(panel, one, translate);
    await takePicture(page, `${language}-${one.name}`);
  }
  await expect(errorCard(panel).getByText(translate('Diagnose'), { exact: true })).toBeVisible();
  await errorCard(panel).getByText(translate('Check Address'), { exact: true }).click();
  await answerInput(page, name, 'Servers');
  await expect(page.locator('.quick-input-title')).toContainText(address);
  await expect(quickInputField(page)).toHaveValue(`${emulator.origin}/v1`);
  await takePicture(page, `${language}-check-address`);
  await page.keyboard.press('Escape');
}
