/**
 * Programs whose client library is not to be had on every machine are read instead of run: by the language's own parser
 * where it is here (Python, Java), and by another one (Go, and for want of the others). What they hand to the library must
 * be what Qiao's own provider sends.
 */

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject, Program, ProgramRequest } from '../../../src/providers/common/programRequest.ts';
import { targetsFor } from '../../../src/snippets/common/targets.ts';
import { createProgramFolder, has, programRequest, run, words } from '../../support/programs.ts';
import { findSyntaxError, type Language, parseProgram, readGo } from '../../support/readers/treeReader.ts';
import { allPrograms } from './allPrograms.ts';
import { programCases } from './cases.ts';

interface Written {
  title: string;
  id: string;
  described: ProgramRequest;
  program: Program;
}

const languages: Record<Program['language'], Language> = {
  shellscript: 'bash',
  python: 'python',
  java: 'java',
  go: 'go',
  javascript: 'javascript',
};

const written: readonly Written[] = programCases.flatMap(({ name, connection, model, request }) =>
  ['https://platform.invalid', 'usual'].flatMap((origin) =>
    [true, false].flatMap((stream) => {
      const way = connection(origin);
      const usual = origin === 'usual' ? { ...way, baseUrl: usualAddress(way.protocol) } : way;
      const described = programRequest(usual, model, {
        ...request,
        parameters: { ...request.parameters, stream },
      });
      return targetsFor(described).map(({ id, write }) => ({
        title: `${id}, ${name}, ${stream ? 'streamed' : 'in one piece'}, ${origin}`,
        id,
        described,
        program: write(described, words),
      }));
    }),
  ),
);

const withLibrary = (prefix: string): readonly Written[] =>
  written.filter(({ id }) => id.startsWith(prefix) && id !== 'python-requests');

describe('programs that are read', () => {
  let place: Awaited<ReturnType<typeof createProgramFolder>>;
  before(async () => {
    place = await createProgramFolder();
  });
  after(() => place.dispose());

  /** What a reader says of each program, in their order. */
  async function readAll(programs: readonly Written[], command: string, reader: string): Promise<unknown[]> {
    const files: string[] = [];
    for (const [index, { program }] of programs.entries()) {
      const folder = path.join(place.folder, `${command}-${index}`);
      await mkdir(folder);
      files.push(path.join(folder, program.fileName));
      await writeFile(path.join(folder, program.fileName), program.text);
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
    for (const { title, program } of written) {
      const problem = findSyntaxError(await parseProgram(program.text, languages[program.language]));
      assert.equal(problem, undefined, `${title}\n${program.text}`);
    }
  });

  it('a broken program is found out', async () => {
    assert.ok(findSyntaxError(await parseProgram('package main\nfunc main() { fmt.Println("a) }\n', 'go')));
  });

  it('the parameters of an address are in each of its programs', () => {
    const programs = written.filter(({ described }) => described.url.includes('?'));
    for (const { title, program, described } of programs)
      assert.ok(program.text.includes(new URL(described.url).search), `${title}\n${program.text}`);
    const targets = new Set(programs.map(({ id }) => id));
    assert.deepEqual([...targets], ['curl', 'python-requests', 'node-fetch']);
  });

  it('Python: the arguments are the request', async () => {
    if (!(await has('Python', 'python3', ['--version']))) return;
    const programs = withLibrary('python-');
    const read = (await readAll(programs, 'python3', 'read.py')) as { calls: PythonCall[] }[];
    for (const [index, { title, described }] of programs.entries()) {
      const calls = read[index]?.calls ?? [];
      assert.deepEqual(pythonBody(calls, described), comparable(described), title);
    }
  });

  it('Java: the calls are the request', async () => {
    if (!allPrograms || !(await has('Java', 'javac', ['-version']))) return;
    const programs = withLibrary('java-');
    const read = (await readAll(programs, 'java', 'ReadPrograms.java')) as JavaProgram[];
    for (const [index, { title, described }] of programs.entries()) {
      const program = read[index];
      assert.ok(program);
      assert.deepEqual(program.problems, [], title);
      const body = described.protocol === 'dashscope' ? javaBody(program) : javaQianfanBody(program);
      assert.deepEqual(body, comparable(described), title);
    }
  });

  it('Go: the calls are the request', async () => {
    for (const { title, described, program } of withLibrary('go-')) {
      const root = await parseProgram(program.text, 'go');
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
        stream: program.text.includes('chat.Stream('),
        ...parameters,
        ...(extra as object),
      };
      assert.deepEqual(body, comparable(described), `${title}\n${program.text}`);
    }
  });

  it('the usual address is left to the library, another one is set', () => {
    for (const { id, title, program, described } of written) {
      if (!/^(python|java|go|node)-(dashscope|qianfan)$/.test(id)) continue;
      const isUsual =
        described.baseUrl !== 'https://platform.invalid' && !described.baseUrl.includes('.invalid');
      assert.equal(program.text.includes('.invalid'), !isUsual, title);
      assert.equal(/aliyuncs|baidubce\.com/.test(program.text), false, title);
    }
  });
});

/** A stop text alone or in a list, and no word about streaming where the library knows it, mean the same. */
function comparable({ protocol, body, streaming }: ProgramRequest): object {
  if (protocol === 'dashscope') return { ...body, streaming };
  return protocol === 'qianfan-v1' ? { ...body, stream: streaming } : body;
}

interface PythonCall {
  call: string;
  arguments: JsonObject;
}

function pythonBody(calls: readonly PythonCall[], { protocol, url }: ProgramRequest): object {
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

interface JavaProgram {
  problems: string[];
  known: Record<string, unknown>;
  statements: [string, ...unknown[]][][];
}

function javaBody({ known }: JavaProgram): object {
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

function javaQianfanBody({ known, statements }: JavaProgram): object {
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

function usualAddress(protocol: ProgramRequest['protocol']): string {
  if (protocol === 'dashscope') return 'https://dashscope.aliyuncs.com';
  return protocol === 'openai' ? 'https://api.openai.com/v1' : 'https://aip.baidubce.com';
}
