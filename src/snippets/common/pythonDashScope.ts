/** Writes Python snippets with Alibaba's library `dashscope`. */

import {
  headersOf,
  objectAt,
  type SnippetWriter,
  textAt,
  workspaceHeader,
} from '../../providers/common/snippetRequest.ts';
import { answerShape } from './dashScopeShape.ts';
import { dashScopeBaseUrl } from './libraryDefaults.ts';
import { quote } from './literals.ts';
import { writeOpening } from './opening.ts';
import { pythonArguments, pythonEnvironment, pythonHeaders } from './python.ts';
import { writeValue } from './values.ts';

export const writePythonDashScope: SnippetWriter = (request, comments) => {
  const { baseUrl, headers, body, streaming } = request;
  const shape = answerShape(request);
  const input = objectAt(body, 'input');
  const prompt = textAt(input, 'prompt');
  const workspace = headers[workspaceHeader];
  const own = headersOf(request, workspaceHeader);
  const call = pythonArguments([
    ['api_key', pythonEnvironment(request.keyVariable)],
    ['model', quote(request.model, 'python')],
    [
      'messages' in input ? 'messages' : 'prompt',
      'messages' in input ? 'messages' : writeValue(prompt, 'python', '    '),
    ],
    ...(workspace === undefined ? [] : [['workspace', quote(workspace, 'python')] as const]),
    ...(own.length === 0 ? [] : [['headers', pythonHeaders(own, '    ')] as const]),
    ...(streaming ? [['stream', 'True'] as const] : []),
    ...Object.entries(objectAt(body, 'parameters')).map(
      ([name, value]) => [name, writeValue(value, 'python', '    ')] as const,
    ),
  ]);
  const service = shape.parts ? 'MultiModalConversation' : 'Generation';
  const setUp = [
    ...(baseUrl === dashScopeBaseUrl ? [] : [`dashscope.base_http_api_url = ${quote(baseUrl, 'python')}\n`]),
    ...('messages' in input ? [`messages = ${writeValue(input.messages ?? [], 'python')}\n`] : []),
  ];
  const opening = writeOpening(request, comments, { mark: '#', install: 'pip install -U dashscope' });
  const text = `${opening}
import os
from http import HTTPStatus

import dashscope

${setUp.map((part) => `${part}\n`).join('')}${streaming ? 'responses' : 'response'} = dashscope.${service}.call(${call})
${streaming ? readStream(shape) : readWhole(shape)}`;
  return { language: 'python', fileName: 'chat.py', text };
};

type Shape = ReturnType<typeof answerShape>;

function readWhole(shape: Shape): string {
  return `
if response.status_code == HTTPStatus.OK:
${readText(shape, '    ')}
    print(text)
else:
${failure('    ')}
`;
}

function readStream(shape: Shape): string {
  const print = shape.cumulative
    ? `        print(text[len(printed):], end="", flush=True)
        printed = text`
    : '        print(text, end="", flush=True)';
  return `
${shape.cumulative ? 'printed = ""\n' : ''}for response in responses:
    if response.status_code == HTTPStatus.OK:
${readText(shape, '        ')}
${print}
    else:
${failure('        ')}
print()
`;
}

/** Without a requested format, the platform may answer in either. */
function readText({ parts, asksForMessage }: Shape, indent: string): string {
  if (parts) {
    return `${indent}content = response.output.choices[0].message.content
${indent}text = content[0]["text"] if content else ""`;
  }
  if (asksForMessage) return `${indent}text = response.output.choices[0].message.content`;
  return `${indent}choices = response.output.choices
${indent}text = choices[0].message.content if choices else response.output.text`;
}

function failure(indent: string): string {
  return `${indent}raise SystemExit(
${indent}    f"Request id: {response.request_id}, status code: {response.status_code}, "
${indent}    f"error code: {response.code}, error message: {response.message}"
${indent})`;
}
