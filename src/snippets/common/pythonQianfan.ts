/** Writes Python snippets with Baidu's library `qianfan`, for Qianfan v1. */

import type { SnippetWriter } from '../../providers/common/snippetRequest.ts';
import { qianfanBaseUrl } from './libraryDefaults.ts';
import { quote } from './literals.ts';
import { writeOpening } from './opening.ts';
import { pythonArguments } from './python.ts';
import { writeValue } from './values.ts';

export const writePythonQianfan: SnippetWriter = (request, comments) => {
  const { baseUrl, body, streaming } = request;
  const { messages = [], stream: _stream, ...parameters } = body;
  const call = pythonArguments([
    ['endpoint', quote(request.model, 'python')],
    ['messages', 'messages'],
    ...(streaming ? [['stream', 'True'] as const] : []),
    ...Object.entries(parameters).map(
      ([name, value]) => [name, writeValue(value, 'python', '    ')] as const,
    ),
  ]);
  const address =
    baseUrl === qianfanBaseUrl ? '' : `os.environ["QIANFAN_BASE_URL"] = ${quote(baseUrl, 'python')}\n\n`;
  const opening = writeOpening(request, comments, { mark: '#', install: 'pip install -U qianfan' });
  const text = `${opening}
${address === '' ? '' : 'import os\n\n'}import qianfan

${address}messages = ${writeValue(messages, 'python')}

${streaming ? 'responses' : 'response'} = qianfan.ChatCompletion().do(${call})

${streaming ? readStream : 'print(response["result"])\n'}`;
  return { language: 'python', fileName: 'chat.py', text };
};

const readStream = `for response in responses:
    print(response["result"], end="", flush=True)
print()
`;
