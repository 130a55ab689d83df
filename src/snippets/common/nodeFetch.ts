/** Writes Node.js snippets that use `fetch` without a client library. */

import { headersOf, type SnippetRequest, type SnippetWriter } from '../../providers/common/snippetRequest.ts';
import { answerShape } from './dashScopeShape.ts';
import { quote } from './literals.ts';
import { writeOpening } from './opening.ts';
import { writeValue } from './values.ts';

export const writeNodeFetch: SnippetWriter = (request, comments) => {
  const { protocol, auth, url, streaming, body } = request;
  const headers = [
    ...(auth === 'bearer' ? [`Authorization: \`Bearer \${process.env.${request.keyVariable}}\``] : []),
    '"Content-Type": "application/json"',
    ...(protocol === 'dashscope' && streaming ? ['"X-DashScope-SSE": "enable"'] : []),
    ...headersOf(request).map(
      ({ name, value, variable }) =>
        `${quote(name, 'json')}: ${variable ? `process.env.${variable}` : quote(value, 'json')}`,
    ),
  ];
  const byToken = auth === 'oauth' || auth === 'access-token';
  const token = auth === 'oauth' ? 'access_token' : 'process.env.QIANFAN_ACCESS_TOKEN';
  const address = byToken ? `${quote(`${url}?access_token=`, 'json')} + ${token}` : quote(url, 'json');
  const text = `${writeOpening(request, comments, { mark: '//', install: 'Node.js 18+' })}
${auth === 'oauth' ? fetchToken(request) : ''}const body = ${writeValue(body, 'javascript')};

const response = await fetch(${address}, {
  method: "POST",
  headers: {
${headers.map((header) => `    ${header},\n`).join('')}  },
  body: JSON.stringify(body),
});
${streaming ? readStream(request) : readWhole(request)}`;
  return { language: 'javascript', fileName: 'chat.mjs', text };
};

function fetchToken({ baseUrl }: SnippetRequest): string {
  return `const query = new URLSearchParams({
  grant_type: "client_credentials",
  client_id: process.env.QIANFAN_AK,
  client_secret: process.env.QIANFAN_SK,
});
const token = await fetch(${quote(`${baseUrl}/oauth/2.0/token?`, 'json')} + query, { method: "POST" });
const { access_token, error_description } = await token.json();
if (!access_token) throw new Error(error_description);

`;
}

function readWhole(request: SnippetRequest): string {
  const { result, error } = membersOf(request);
  return `if (!response.ok) throw new Error(\`\${response.status}: \${await response.text()}\`);

const answer = await response.json();
if (answer.${error}) throw new Error(JSON.stringify(answer));
console.log(${result});
`;
}

/** Errors may come as a bare line of JSON. Lines that do not begin with an object are skipped. */
function readStream(request: SnippetRequest): string {
  const { piece, error } = membersOf(request);
  const cumulative = request.protocol === 'dashscope' && answerShape(request).cumulative;
  return `if (!response.ok || !response.headers.get("content-type").includes("text/event-stream")) {
  throw new Error(\`\${response.status}: \${await response.text()}\`);
}

let rest = "";
${cumulative ? 'let printed = "";\n' : ''}for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
  const lines = (rest + chunk).split(/\\r?\\n/);
  rest = lines.pop();
  for (const line of lines) {
    const data = line.replace(/^data:/, "").trim();
    if (!data.startsWith("{")) continue;
    const event = JSON.parse(data);
    if (event.${error}) throw new Error(data);
    const text = ${piece} ?? "";
${cumulative ? '    process.stdout.write(text.slice(printed.length));\n    printed = text;' : '    process.stdout.write(text);'}
  }
}
process.stdout.write("\\n");
`;
}

/** `dot` follows a list item, which may be missing. */
function memberOf(source: string, place: string, dot: '.' | '?.'): string {
  const parts = place.split('.');
  const first = parts.indexOf('0');
  return parts.reduce((text, part, index) => {
    if (part === '0') return `${text}[0]`;
    return `${text}${first >= 0 && index > first ? dot : '.'}${part}`;
  }, source);
}

/** The code that reads an answer, a delta and an error. */
function membersOf(request: SnippetRequest): { result: string; piece: string; error: string } {
  if (request.answer) {
    const { result, piece, error } = request.answer;
    return { result: memberOf('answer', result, '.'), piece: memberOf('event', piece, '?.'), error };
  }
  const { parts, asksForMessage } = answerShape(request);
  const content = (source: string): string => {
    const message = `${source}.output.choices[0].message.content`;
    if (parts) return `${message}?.map((part) => part.text ?? "").join("")`;
    return asksForMessage
      ? message
      : `(${source}.output.text || ${source}.output.choices?.[0].message.content)`;
  };
  return { result: content('answer'), piece: content('event'), error: 'code' };
}
