/**
 * Snippets whose client library is not to be had on every machine are read instead of run: by the language's own parser
 * where it is here (Python, Java), and by another one (Go, and for want of the others). What they hand to the library must
 * be what Qiao's own provider sends.
 */

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject, Snippet, SnippetRequest } from '../../../src/providers/common/snippetRequest.ts';
import { targetsFor } from '../../../src/snippets/common/targets.ts';
import { findSyntaxError, type Language, parseSnippet, readGo } from '../../support/readers/treeReader.ts';
import { comments, createSnippetFolder, has, run, snippetRequest } from '../../support/snippets.ts';
import { allSnippets } from './allSnippets.ts';
import { snippetCases } from './cases.ts';

interface Written {
  title: string;
  id: string;
  described: SnippetRequest;
  snippet: Snippet;
}

const languages: Record<Snippet['language'], Language> = {
  shellscript: 'bash',
  python: 'python',
  java: 'java',
  go: 'go',
  javascript: 'javascript',
};

const written: readonly Written[] = snippetCases.flatMap(({ name, connection, model, request }) =>
  ['https://platform.invalid', 'usual'].flatMap((origin) =>
    [true, false].flatMap((stream) => {
      const way = connection(origin);
      const usual = origin === 'usual' ? { ...way, baseUrl: usualAddress(way.protocol) } : way;
      const described = snippetRequest(usual, model, {
        ...request,
        parameters: { ...request.parameters, stream },
      });
      return targetsFor(described).map(({ id, write }) => ({
        title: `${id}, ${name}, ${stream ? 'streamed' : 'in one piece'}, ${origin}`,
        id,
        described,
        snippet: write(described, comments),
      }));
    }),
  ),
);

const withLibrary = (prefix: string): readonly Written[] =>
  written.filter(({ id }) => id.startsWith(prefix) && id !== 'python-requests');

describe('snippets that are read', () => {
  let place: Awaited<ReturnType<typeof createSnippetFolder>>;
  before(async () => {
    place = await createSnippetFolder();
  });
  after(() => place.dispose());

  /** What a reader says of each snippet, in their order. */
  async function readAll(snippets: readonly Written[], command: string, reader: string): Promise<unknown[]> {
    const files: string[] = [];
    for (const [index, { snippet }] of snippets.entries()) {
      const folder = path.join(place.folder, `${command}-${index}`);
      await mkdir(folder);
      files.push(path.join(folder, snippet.fileName));
      await writeFile(path.join(folder, snippet.fileName), snippet.text);
    }
    const { output, errors, code } = await run(command, [
      path.join(import.meta.dirname, '../../support/readers', reader),
      ...files,
    ]);
    assert.equal(code, 0, errors);
    return output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  it('are sound in every language', async () => {
    for (const { title, snippet } of written) {
      const problem = findSyntaxError(await parseSnippet(snippet.text, languages[snippet.language]));
      assert.equal(problem, undefined, `${title}\n${snippet.text}`);
    }
  });

  it('a broken snippet is found out', async () => {
    assert.ok(findSyntaxError(await parseSnippet('package main\nfunc main() { fmt.Println("a) }\n', 'go')));
  });

  it('the parameters of an address are in each of its snippets', () => {
    const snippets = written.filter(({ described }) => described.url.includes('?'));
    for (const { title, snippet, described } of snippets)
      assert.ok(snippet.text.includes(new URL(described.url).search), `${title}\n${snippet.text}`);
    const targets = new Set(snippets.map(({ id }) => id));
    assert.deepEqual([...targets], ['curl', 'python-requests', 'node-fetch']);
  });

  it('Python: the arguments are the request', async () => {
    if (!(await has('Python', 'python3', ['--version']))) return;
    const snippets = withLibrary('python-');
    const read = (await readAll(snippets, 'python3', 'read.py')) as { calls: PythonCall[] }[];
    for (const [index, { title, described }] of snippets.entries()) {
      const calls = read[index]?.calls ?? [];
      assert.deepEqual(pythonBody(calls, described), comparable(described), title);
    }
  });

  it('Java: the calls are the request', async () => {
    if (!allSnippets || !(await has('Java', 'javac', ['-version']))) return;
    const snippets = withLibrary('java-');
    const read = (await readAll(snippets, 'java', 'ReadSnippets.java')) as JavaSnippet[];
    for (const [index, { title, described }] of snippets.entries()) {
      const snippet = read[index];
      assert.ok(snippet);
      assert.deepEqual(snippet.problems, [], title);
      const body = described.protocol === 'dashscope' ? javaBody(snippet) : javaQianfanBody(snippet);
      assert.deepEqual(body, comparable(described), title);
    }
  });

  it('Go: the calls are the request', async () => {
    for (const { title, described, snippet } of withLibrary('go-')) {
      const root = await parseSnippet(snippet.text, 'go');
      const values = root.descendantsOfType('composite_literal').map((node) => node && readGo(node));
      const [request] = values as [Record<string, unknown>];
      const { Messages, ...fields } = request;
      const extra = values.find((value) => typeof value === 'object' && value !== null && 'top_k' in value);
      const messages = (Messages as { call: string; arguments: [string] }[]).map(
        ({ call, arguments: [content] }) => ({
          role: call.includes('Assistant') ? 'assistant' : 'user',
          content,
        }),
      );
      const names: Record<string, string> = {
        Temperature: 'temperature',
        TopP: 'top_p',
        PenaltyScore: 'penalty_score',
        Stop: 'stop',
      };
      const parameters = Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [names[name], value]),
      );
      const body = {
        messages,
        stream: snippet.text.includes('chat.Stream('),
        ...parameters,
        ...(extra as object),
      };
      assert.deepEqual(body, comparable(described), `${title}\n${snippet.text}`);
    }
  });

  it('the usual address is left to the library, another one is set', () => {
    for (const { id, title, snippet, described } of written) {
      if (!/^(python|java|go|node)-(dashscope|qianfan)$/.test(id)) continue;
      const isUsual =
        described.baseUrl !== 'https://platform.invalid' && !described.baseUrl.includes('.invalid');
      assert.equal(snippet.text.includes('.invalid'), !isUsual, title);
      assert.equal(/aliyuncs|baidubce\.com/.test(snippet.text), false, title);
    }
  });
});

/** A stop text alone or in a list, and no word about streaming where the library knows it, mean the same. */
function comparable({ protocol, body, streaming }: SnippetRequest): object {
  if (protocol === 'dashscope') return { ...body, streaming };
  return protocol === 'qianfan-v1' ? { ...body, stream: streaming } : body;
}

interface PythonCall {
  call: string;
  arguments: JsonObject;
}

function pythonBody(calls: readonly PythonCall[], { protocol, url }: SnippetRequest): object {
  const last = calls.at(-1);
  assert.ok(last);
  const all = last.arguments;
  if (protocol === 'openai') {
    const { extra_body: extra, ...known } = all;
    assert.equal(last.call, 'client.chat.completions.create');
    return { ...known, ...(extra as object) };
  }
  if (protocol === 'qianfan-v1') {
    const { endpoint: _endpoint, stream = false, ...members } = all;
    return { ...members, stream };
  }
  const service = url.includes('multimodal') ? 'MultiModalConversation' : 'Generation';
  assert.equal(last.call, `dashscope.${service}.call`);
  const { model, messages, prompt, stream = false, api_key: key, workspace, headers, ...parameters } = all;
  assert.deepEqual(key, { environment: 'TEST_API_KEY' });
  assert.equal(workspace === undefined, headers === undefined);
  return { model, input: messages ? { messages } : { prompt }, parameters, streaming: stream };
}

interface JavaSnippet {
  problems: string[];
  known: Record<string, unknown>;
  statements: [string, ...unknown[]][][];
}

function javaBody({ known }: JavaSnippet): object {
  const { model, prompt, workspace, apiKey, headers, ...setters } = members(known.param);
  assert.deepEqual(apiKey, { environment: 'TEST_API_KEY' });
  assert.equal(workspace === undefined, headers === undefined);
  const messages = (known.messages as unknown[] | undefined)?.map((message) => {
    const { role, content } = members(message);
    return { role, content };
  });
  const { messages: _named, parameters: others, ...parameters } = setters;
  const named = Object.entries(parameters).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value === 'GenerationParam.ResultFormat.MESSAGE' ? 'message' : value,
  ]);
  return {
    model,
    input: messages ? { messages } : { prompt },
    parameters: { ...Object.fromEntries(named), ...(others as object) },
    streaming: 'results' in known,
  };
}

function javaQianfanBody({ known, statements }: JavaSnippet): object {
  const chain = (known.response ??
    statements.find((calls) => calls.some(([name]) => name === 'endpoint')) ??
    []) as [string, ...unknown[]][];
  const messages = chain
    .filter(([name]) => name === 'addMessage')
    .map(([, role, content]) => ({ role, content }));
  const used = new Set([
    'chatCompletion',
    'endpoint',
    'addMessage',
    'execute',
    'executeStream',
    'forEachRemaining',
  ]);
  const setters = Object.entries(members(chain)).filter(([name]) => !used.has(name));
  const names: Record<string, string> = { topP: 'top_p', penaltyScore: 'penalty_score' };
  const parameters = setters.map(([name, value]) => [names[name] ?? name, value]);
  return {
    messages,
    stream: chain.some(([name]) => name === 'executeStream'),
    ...Object.fromEntries(parameters),
  };
}

/** A chain of setters as an object. */
function members(chain: unknown): Record<string, unknown> {
  const {
    builder: _builder,
    build: _build,
    ...rest
  } = Object.fromEntries((chain as [string, unknown][]).map(([name, value]) => [name, value]));
  return rest;
}

function usualAddress(protocol: SnippetRequest['protocol']): string {
  if (protocol === 'dashscope') return 'https://dashscope.aliyuncs.com';
  return protocol === 'openai' ? 'https://api.openai.com/v1' : 'https://aip.baidubce.com';
}
