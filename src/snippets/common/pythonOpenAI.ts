/** Writes Python snippets with the library `openai`, as in the vendors' documentation. */

import { headersOf, type Json, type SnippetWriter } from '../../providers/common/snippetRequest.ts';
import { quote } from './literals.ts';
import { writeOpening } from './opening.ts';
import { pythonArguments, pythonEnvironment, pythonHeaders } from './python.ts';
import { writeValue } from './values.ts';

/** Arguments that the library knows; others go into `extra_body`. */
const known: ReadonlySet<string> = new Set([
  'stream',
  'stream_options',
  'temperature',
  'top_p',
  'max_tokens',
  'seed',
  'stop',
  'presence_penalty',
]);

export const openAIBaseUrl = 'https://api.openai.com/v1';

export const writePythonOpenAI: SnippetWriter = (request, comments) => {
  const { baseUrl, body, streaming, auth } = request;
  const { model: _model, messages = [], ...rest } = body;
  const own = headersOf(request);
  const client = pythonArguments([
    ['api_key', auth === 'none' ? quote('none', 'python') : pythonEnvironment(request.keyVariable)],
    ...(baseUrl === openAIBaseUrl ? [] : [['base_url', quote(baseUrl, 'python')] as const]),
    ...(own.length === 0 ? [] : [['default_headers', pythonHeaders(own, '    ')] as const]),
  ]);
  const members = Object.entries(rest);
  const extra: [string, Json][] = members.filter(([name]) => !known.has(name));
  const call = pythonArguments([
    ['model', quote(request.model, 'python')],
    ['messages', 'messages'],
    ...members
      .filter(([name]) => known.has(name))
      .map(([name, value]) => [name, writeValue(value, 'python', '    ')] as const),
    ...(extra.length === 0
      ? []
      : [['extra_body', writeValue(Object.fromEntries(extra), 'python', '    ')] as const]),
  ]);
  const opening = writeOpening(request, comments, { mark: '#', install: 'pip install -U openai' });
  const text = `${opening}
${auth === 'bearer' || own.some(({ variable }) => variable) ? 'import os\n\n' : ''}from openai import OpenAI

client = OpenAI(${client})

messages = ${writeValue(messages, 'python')}

completion = client.chat.completions.create(${call})

${streaming ? readStream : readWhole}`;
  return { language: 'python', fileName: 'chat.py', text };
};

const readWhole = 'print(completion.choices[0].message.content)\n';

const readStream = `for chunk in completion:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
print()
`;
