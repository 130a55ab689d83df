/** Writes Node.js snippets with the library `openai`. */

import { headersOf, type SnippetHeader, type SnippetWriter } from '../../providers/common/snippetRequest.ts';
import { quote } from './literals.ts';
import { writeOpening } from './opening.ts';
import { openAIBaseUrl } from './pythonOpenAI.ts';
import { writeValue } from './values.ts';

export const writeNodeOpenAI: SnippetWriter = (request, comments) => {
  const { baseUrl, body, streaming, auth } = request;
  const { model: _model, messages = [], ...rest } = body;
  const own = headersOf(request);
  const client = [
    `apiKey: ${auth === 'none' ? '"none"' : `process.env.${request.keyVariable}`}`,
    ...(baseUrl === openAIBaseUrl ? [] : [`baseURL: ${quote(baseUrl, 'json')}`]),
    ...(own.length === 0 ? [] : [`defaultHeaders: ${nodeHeaders(own, '  ')}`]),
  ];
  const members = Object.entries(rest).map(
    ([name, value]) => `${name}: ${writeValue(value, 'javascript', '  ')}`,
  );
  const opening = writeOpening(request, comments, { mark: '//', install: 'npm install openai' });
  const text = `${opening}
import OpenAI from "openai";

const client = new OpenAI({
${client.map((option) => `  ${option},\n`).join('')}});

const messages = ${writeValue(messages, 'javascript')};

const completion = await client.chat.completions.create({
${[`model: ${quote(request.model, 'json')}`, 'messages', ...members].map((member) => `  ${member},\n`).join('')}});

${streaming ? readStream : 'console.log(completion.choices[0].message.content);\n'}`;
  return { language: 'javascript', fileName: 'chat.mjs', text };
};

const readStream = `for await (const chunk of completion) {
  process.stdout.write(chunk.choices[0]?.delta?.content ?? "");
}
process.stdout.write("\\n");
`;

/** An object literal; `indent` is that of its first line. */
function nodeHeaders(headers: readonly SnippetHeader[], indent = ''): string {
  const members = headers.map(({ name, value, variable }) => {
    const code = variable ? `process.env.${variable}` : quote(value, 'json');
    return `${indent}  ${quote(name, 'json')}: ${code},\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}
