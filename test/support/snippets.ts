/** Turns as snippets, for tests: the request of a turn on a connection, and snippets that are really run. */

import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ChatRequest } from '../../src/llm/chatModel.ts';
import type { Snippet, SnippetComments, SnippetRequest } from '../../src/providers/common/snippetRequest.ts';
import { describeRequest } from '../../src/providers/describeRequest.ts';
import type { Connection } from '../../src/providers/index.ts';

export const comments: SnippetComments = { install: '安装', keys: '密钥取自环境变量', variables: '环境变量' };

export function snippetRequest(
  connection: Connection,
  modelId: string,
  request: ChatRequest,
  keyVariable = 'TEST_API_KEY',
): SnippetRequest {
  return { ...describeRequest(connection, modelId, request), keyVariable };
}

export interface Ran {
  code: number;
  output: string;
  errors: string;
}

/**
 * A folder below the project, so that Node.js finds the project's packages; Baidu's client is a fixture. Removed by
 * `dispose`.
 */
export async function createSnippetFolder(): Promise<{ folder: string; dispose(): Promise<void> }> {
  const folder = await mkdtemp(path.join(import.meta.dirname, '../../node_modules/.qiao-snippets-'));
  const client = path.join(folder, 'node_modules/@baiducloud/qianfan');
  await mkdir(client, { recursive: true });
  await writeFile(path.join(client, 'package.json'), '{"type":"module","exports":"./qianfan.mjs"}');
  await copyFile(
    path.join(import.meta.dirname, '../fixtures/peers/qianfan.mjs'),
    path.join(client, 'qianfan.mjs'),
  );
  return { folder, dispose: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs a snippet with nothing in its environment but the path and what is given. */
export async function runSnippet(
  snippet: Snippet,
  folder: string,
  environment: Record<string, string>,
): Promise<Ran> {
  const own = await mkdtemp(path.join(folder, 'run-'));
  await writeFile(path.join(own, snippet.fileName), snippet.text);
  const command = {
    shellscript: 'sh',
    python: 'python3',
    javascript: process.execPath,
    java: 'java',
    go: 'go',
  }[snippet.language];
  return run(command, [snippet.fileName], { cwd: own, env: environment });
}

/** Never rejects; a command that is not there ends with 127. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; input?: string } = {},
): Promise<Ran> {
  const { cwd, env = {}, input = '' } = options;
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      command,
      args,
      { cwd, env: { PATH, HOME, PYTHONIOENCODING: 'utf-8', ...env }, maxBuffer: 64 * 1024 * 1024 },
      (error, output, errors) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
        resolve({ code, output, errors });
      },
    );
    // One that ends before it has read is told by its code.
    child.stdin?.on('error', () => {}).end(input);
  });
}

/** Whether a tool is there and does what it is asked; said once, so that a weaker proof is seen. */
export async function has(tool: string, command: string, args: readonly string[]): Promise<boolean> {
  const { code } = await run(command, args);
  if (code !== 0) console.log(`      (no ${tool} here: its snippets are only parsed)`);
  return code === 0;
}
