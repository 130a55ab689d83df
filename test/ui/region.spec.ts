// A key belongs to one region. Behind a proxy that leads every address to one server, the platform's regions can be had here.

import { readCertificate } from '../support/certificates.ts';
import { startServer } from '../support/loopbackServer.ts';
import { startProxy } from '../support/proxy.ts';
import { notification, openPanel, runCommand, takePicture } from './actions.ts';
import { askInPanel, lastAnswer, setKey } from './chat.ts';
import { test as base, expect, inFullRun } from './fixtures.ts';

const answer = '{"output":{"text":"From Singapore.","finish_reason":"stop"},"request_id":"r"}';
const refusal = '{"code":"InvalidApiKey","message":"Invalid API-key provided.","request_id":"r"}';

const test = base.extend<{ hosts: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  hosts: async ({}, use) => {
    await use([]);
  },
  settings: async ({ hosts }, use) => {
    const server = await startServer((response, request) => {
      const { host = '' } = request.headers;
      hosts.push(host);
      const known = host === 'dashscope-intl.aliyuncs.com';
      response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
      response.end(known ? answer : refusal);
    }, readCertificate('selfSigned'));
    const proxy = await startProxy({ port: server.port });
    await use({
      'qiao.dashscope.baseUrl': '',
      'http.proxy': `http://${proxy.address}`,
      'http.proxyStrictSSL': false,
    });
    await proxy.dispose();
    await server.dispose();
  },
});

inFullRun(
  test,
  'src/connections/host/testConnection.ts',
  'src/providers/dashscope/dashscopeRegions.ts',
)('a key of another region is looked for only when the user says so', async ({ page, hosts }) => {
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await runCommand(page, 'Qiao: Test Connection');
  const refused = await notification(page, 'The platform does not accept this key');
  expect(new Set(hosts)).toEqual(new Set(['dashscope.aliyuncs.com']));
  await takePicture(page, 'refused');
  await refused.getByRole('button', { name: 'Try the Other Regions' }).click();
  const found = await notification(page, 'The key belongs to the region “singapore”.');
  await takePicture(page, 'found');
  await found.getByRole('button', { name: 'Switch' }).click();
  await notification(page, 'Questions go to the region “singapore” from now on.');
  await askInPanel(panel, 'Where are you?');
  await expect(lastAnswer(panel)).toHaveText('From Singapore.');
  expect(hosts.at(-1)).toBe('dashscope-intl.aliyuncs.com');
});
