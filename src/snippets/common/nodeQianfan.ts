/** Writes Node.js snippets with Baidu's library `@baiducloud/qianfan`, for Qianfan v1. */

import type { SnippetWriter } from '../../providers/common/snippetRequest.ts';
import { qianfanBaseUrl } from './libraryDefaults.ts';
import { quote } from './literals.ts';
import { writeOpening } from './opening.ts';
import { writeValue } from './values.ts';

export const writeNodeQianfan: SnippetWriter = (request, comments) => {
  const { baseUrl, body, streaming } = request;
  const { messages = [], stream: _stream, ...parameters } = body;
  const options = [
    `Endpoint: ${quote(request.model, 'json')}`,
    ...(baseUrl === qianfanBaseUrl ? [] : [`QIANFAN_BASE_URL: ${quote(baseUrl, 'json')}`]),
  ];
  const members = [
    'messages',
    ...(streaming ? ['stream: true'] : []),
    ...Object.entries(parameters).map(([name, value]) => `${name}: ${writeValue(value, 'javascript', '  ')}`),
  ];
  const opening = writeOpening(request, comments, { mark: '//', install: 'npm install @baiducloud/qianfan' });
  const text = `${opening}
import { ChatCompletion } from "@baiducloud/qianfan";

const client = new ChatCompletion({
${options.map((option) => `  ${option},\n`).join('')}});

const messages = ${writeValue(messages, 'javascript')};

const response = await client.chat({
${members.map((member) => `  ${member},\n`).join('')}});

${streaming ? readStream : 'console.log(response.result);\n'}`;
  return { language: 'javascript', fileName: 'chat.mjs', text };
};

const readStream = `for await (const chunk of response) {
  process.stdout.write(chunk.result ?? "");
}
process.stdout.write("\\n");
`;
