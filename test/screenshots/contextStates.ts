/** States of the composer with context: the lists of `#` and `/`, chips of every kind, the zone to drop files in. */

import type { AttachmentView, ContextChoice } from '../../src/chat/common/protocol.ts';
import {
  attachmentsOfAllKinds,
  blockedAttachment,
  commands,
  contextFiles,
  contextMenu,
  ready,
} from '../webview/contextSamples.ts';
import type { PanelPage } from '../webview/panelPage.ts';
import { attachment, composer, snapshot, turn } from '../webview/samples.ts';
import type { PanelStateSample } from './states.ts';

const withCommands = { ...composer, commands };
const short = turn('t0', { question: 'What is a bridge?', text: 'A way over what is between.' });

const search =
  (query: string, items: readonly ContextChoice[]) =>
  async ({ page, send }: PanelPage): Promise<void> => {
    await page.focus('.composer-box textarea');
    await page.keyboard.type(`Why does #${query}`);
    await send({ type: 'context-results', query: '', items });
    await send({ type: 'context-results', query, items });
    await page.locator('.suggestions').waitFor();
  };

const attachmentState = (
  name: string,
  attachments: readonly AttachmentView[],
  fields: Partial<PanelStateSample> = {},
): PanelStateSample => ({
  name,
  messages: [
    snapshot({ turns: [short], draft: 'Look at these', composer: { ...withCommands, attachments } }),
  ],
  act: ({ page }) => page.locator('.composer .chip').first().waitFor(),
  ...fields,
});

const typed =
  (text: string, ...keys: string[]) =>
  async ({ page }: PanelPage): Promise<void> => {
    await page.focus('.composer-box textarea');
    await page.keyboard.type(text);
    for (const key of keys) await page.keyboard.press(key);
  };

export const contextStates: readonly PanelStateSample[] = [
  { name: 'context list', messages: [snapshot({ turns: [short] })], act: search('', contextMenu) },
  { name: 'context search', messages: [snapshot({ turns: [short] })], act: search('cart', contextFiles) },
  {
    name: 'context search, narrow',
    width: 200,
    messages: [snapshot({ turns: [short] })],
    act: search('cart', contextFiles),
  },
  {
    name: 'context search, wide',
    width: 900,
    messages: [snapshot({ turns: [short] })],
    act: search('cart', contextFiles),
  },
  { name: 'context not found', messages: [snapshot({ turns: [short] })], act: search('xyz', []) },
  { name: 'commands', messages: [snapshot({ turns: [short], composer: withCommands })], act: typed('/') },
  {
    name: 'commands filtered',
    messages: [snapshot({ turns: [short], composer: withCommands })],
    act: typed('/re'),
  },
  {
    name: 'commands, narrow',
    width: 200,
    messages: [snapshot({ turns: [short], composer: withCommands })],
    act: typed('/'),
  },
  {
    name: 'command chosen',
    messages: [
      snapshot({
        turns: [
          turn('t1', {
            question: '/explain briefly',
            attachments: [attachment],
            text: 'It adds up the cart.',
          }),
        ],
        composer: { ...withCommands, attachments: [ready({}, { byCommand: true })] },
      }),
    ],
    act: typed('/exp', 'Enter'),
  },
  attachmentState('chips of each kind', attachmentsOfAllKinds),
  attachmentState('chips of each kind, narrow', attachmentsOfAllKinds, { width: 200 }),
  attachmentState('chips of each kind, wide', attachmentsOfAllKinds, { width: 900 }),
  attachmentState('chip menu', attachmentsOfAllKinds, {
    async act({ page }) {
      await page.locator('.composer .chip.live .chip-open').focus();
      await page.keyboard.press('Shift+F10');
      await page.locator('.menu-item').first().waitFor();
    },
  }),
  attachmentState('held back', [blockedAttachment, attachment], {
    async act({ page }) {
      await page.focus('.composer-box textarea');
      await page.keyboard.press('Enter');
      await page.getByText('Not sent because of').waitFor();
    },
  }),
  attachmentState('held back, narrow', [blockedAttachment, attachment], { width: 200 }),
  {
    name: 'held back in Chinese',
    language: 'zh-cn',
    messages: [
      snapshot({
        draft: '看看这个',
        composer: { ...withCommands, attachments: [blockedAttachment, ...attachmentsOfAllKinds.slice(0, 3)] },
      }),
    ],
    async act({ page }) {
      await page.focus('.composer-box textarea');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'drop zone',
    messages: [snapshot({ turns: [short] })],
    act: dragOver,
  },
  { name: 'drop zone, narrow', width: 200, messages: [snapshot({ turns: [short] })], act: dragOver },
];

async function dragOver({ page }: PanelPage): Promise<void> {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/uri-list', 'file:///shop/cart.ts');
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await page.locator('.drop-zone').waitFor();
}
