/** Writes Python snippets over plain HTTP with the library `requests`. */

import { headersOf, type SnippetRequest, type SnippetWriter } from '../../providers/common/snippetRequest.ts';
import { answerShape } from './dashScopeShape.ts';
import { quote } from './literals.ts';
import { writeOpening } from './opening.ts';
import { pythonEnvironment } from './python.ts';
import { writeValue } from './values.ts';

export const writePythonRequests: SnippetWriter = (request, comments) => {
  const { protocol, auth, url, streaming, body } = request;
  const headers = [
    ...(auth === 'bearer' ? [`"Authorization": "Bearer " + ${pythonEnvironment(request.keyVariable)}`] : []),
    '"Content-Type": "application/json"',
    ...(protocol === 'dashscope' && streaming ? ['"X-DashScope-SSE": "enable"'] : []),
    ...headersOf(request).map(
      ({ name, value, variable }) =>
        `${quote(name, 'python')}: ${variable ? pythonEnvironment(variable) : quote(value, 'python')}`,
    ),
  ];
  const byToken = auth === 'oauth' || auth === 'access-token';
  const needsEnvironment = auth !== 'none' || headersOf(request).some(({ variable }) => variable);
  const imports = [...(streaming ? ['import json\n'] : []), ...(needsEnvironment ? ['import os\n'] : [])];
  const opening = writeOpening(request, comments, { mark: '#', install: 'pip install -U requests' });
  const text = `${opening}
${imports.join('')}${imports.length > 0 ? '\n' : ''}import requests

${auth === 'oauth' ? fetchToken(request) : ''}url = ${quote(url, 'python')}
headers = {
${headers.map((header) => `    ${header},\n`).join('')}}
payload = ${writeValue(body, 'python')}

response = requests.post(
    url,
${byToken ? `    params={"access_token": ${auth === 'oauth' ? 'access_token' : pythonEnvironment('QIANFAN_ACCESS_TOKEN')}},\n` : ''}    headers=headers,
    json=payload,
${streaming ? '    stream=True,\n' : ''}    timeout=300,
)
${streaming ? readStream(request) : readWhole(request)}`;
  return { language: 'python', fileName: 'chat.py', text };
};

function fetchToken({ baseUrl }: SnippetRequest): string {
  return `token = requests.post(
    ${quote(`${baseUrl}/oauth/2.0/token`, 'python')},
    params={
        "grant_type": "client_credentials",
        "client_id": os.environ["QIANFAN_AK"],
        "client_secret": os.environ["QIANFAN_SK"],
    },
    timeout=30,
).json()
if "access_token" not in token:
    raise SystemExit(token)
access_token = token["access_token"]

`;
}

function readWhole(request: SnippetRequest): string {
  const { result, error } = membersOf(request);
  return `if not response.ok or response.json().get("${error}"):
    raise SystemExit(f"{response.status_code}: {response.text}")

answer = response.json()
print(${result})
`;
}

/** Errors may come as a bare line of JSON. Lines that do not begin with an object are skipped. */
function readStream(request: SnippetRequest): string {
  const { piece, error } = membersOf(request);
  const cumulative = request.protocol === 'dashscope' && answerShape(request).cumulative;
  return `if not response.ok or "text/event-stream" not in response.headers["Content-Type"]:
    raise SystemExit(f"{response.status_code}: {response.text}")

${cumulative ? 'printed = ""\n' : ''}for line in response.iter_lines():
    data = line.removeprefix(b"data:").strip()
    if not data.startswith(b"{"):
        continue
    event = json.loads(data)
    if event.get("${error}"):
        raise SystemExit(event)
${piece}
${cumulative ? '    print(text[len(printed):], end="", flush=True)\n    printed = text' : '    print(text, end="", flush=True)'}
print()
`;
}

function memberOf(source: string, place: string): string {
  return (
    source +
    place
      .split('.')
      .map((part) => (part === '0' ? '[0]' : `["${part}"]`))
      .join('')
  );
}

/** The list of choices may be empty, and a delta may lack text. */
function pieceOf(place: string): string {
  const [list, rest] = place.split('.0.');
  if (rest === undefined) return memberOf('event', place);
  const owner = rest.slice(0, rest.lastIndexOf('.'));
  const last = rest.slice(rest.lastIndexOf('.') + 1);
  return `"".join(${memberOf('choice', owner)}.get("${last}") or "" for choice in ${memberOf('event', list ?? '')})`;
}

/** The code that reads an answer, a delta and an error. */
function membersOf(request: SnippetRequest): { result: string; piece: string; error: string } {
  if (request.answer) {
    const { result, piece, error } = request.answer;
    return { result: memberOf('answer', result), piece: `    text = ${pieceOf(piece)}`, error };
  }
  const { parts, asksForMessage } = answerShape(request);
  const content = (source: string): string => {
    const message = `${source}["output"]["choices"][0]["message"]["content"]`;
    if (parts) return `"".join(part.get("text", "") for part in ${message} or [])`;
    if (asksForMessage) return `${message} or ""`;
    return `(\n        ${message}\n        if ${source}["output"].get("choices")\n        else ${source}["output"]["text"]\n    )`;
  };
  return { result: content('answer'), piece: `    text = ${content('event')}`, error: 'code' };
}
