/** Turns on every platform, each with something that could go wrong on its way into a snippet. */

import { demoIamKeys } from '../../../src/emulator/index.ts';
import type { ChatMessage, ChatRequest } from '../../../src/llm/chatModel.ts';
import type { Connection } from '../../../src/providers/index.ts';
import { pngImage } from '../../support/images.ts';

export interface SnippetCase {
  name: string;
  connection(origin: string): Connection;
  model: string;
  request: ChatRequest;
  /** What stands in the environment of the snippet. */
  environment: Record<string, string>;
}

const key = 'sk-test-0123456789';
const keyEnvironment = { TEST_API_KEY: key };
const [[accessKey = '', secretKey = ''] = []] = Object.entries(demoIamKeys);

/** Quotes, both kinds of line ends, what shells and templates expand, separators of Unicode, controls. */
export const hostileText = [
  `it's "quoted" \\ back\\nslash \\u0041 \${HOME} $HOME $(id) \`id\` %s %d !! ~ #{x} {{y}}`,
  'line two\r\nline three\ttab',
  'EOF',
  'JSON',
  "'; rm -rf / #",
  '\\"; run(x); "\\',
  '"""\'\'\'',
  '👨‍👩‍👧 𝕏 桥\u2028\u2029\u0085\u00a0\u200b\u202e\ufeff\u0007\u001b[31m',
  '*/ // # <!-- --> </script> ?? ??/ @file &amp; %41',
].join('\n');

const chat: ChatMessage[] = [
  { role: 'system', content: `Be "brief".\n${hostileText}` },
  { role: 'user', content: hostileText },
  { role: 'assistant', content: 'Ja: `x = 1`\n```sh\necho "$PATH"\n```' },
  { role: 'user', content: `${hostileText}\n` },
];

const seen: ChatMessage[] = [
  { role: 'system', content: 'Look closely.' },
  { role: 'user', content: hostileText, images: [pngImage(13, 12), pngImage(12, 12)] },
];

export const snippetCases: readonly SnippetCase[] = [
  {
    name: 'DashScope',
    connection: (origin) => ({
      protocol: 'dashscope',
      baseUrl: origin,
      apiKey: key,
      workspaceId: 'ws_1',
      headers: { 'X-Trace': `it's "$HOME"`, 'X-Gateway-Key': 'gateway-secret' },
    }),
    model: 'qwen-plus',
    request: {
      messages: chat,
      parameters: { temperature: 0.7, topP: 0.8, seed: 12345678901, stop: ['\n\n', '"$'] },
    },
    environment: { ...keyEnvironment, X_GATEWAY_KEY: 'gateway-secret' },
  },
  {
    name: 'DashScope with images',
    connection: (origin) => ({ protocol: 'dashscope', baseUrl: origin, apiKey: key }),
    model: 'qwen-vl-plus',
    request: { messages: seen, parameters: { temperature: 1, topP: 0.5, maxOutputTokens: 100 } },
    environment: keyEnvironment,
  },
  {
    name: 'DashScope, Yi',
    connection: (origin) => ({ protocol: 'dashscope', baseUrl: origin, apiKey: key }),
    model: 'yi-large',
    request: { messages: chat },
    environment: keyEnvironment,
  },
  {
    name: 'DashScope, one text',
    connection: (origin) => ({ protocol: 'dashscope', baseUrl: origin, apiKey: key }),
    model: 'baichuan-7b-v1',
    request: { messages: [{ role: 'user', content: hostileText }] },
    environment: keyEnvironment,
  },
  {
    name: 'DashScope compatible',
    connection: (origin) => ({
      protocol: 'openai',
      baseUrl: `${origin}/compatible-mode/v1`,
      apiKey: key,
      headers: { 'x-dashscope-workspace': 'ws_1' },
    }),
    model: 'qwen-plus',
    request: {
      messages: chat,
      parameters: { temperature: 0.7, topK: 20, repetitionPenalty: 1.1, enableThinking: false, stop: 'END' },
    },
    environment: keyEnvironment,
  },
  {
    name: 'Qianfan v2 with images',
    connection: (origin) => ({
      protocol: 'openai',
      dialect: 'qianfan',
      baseUrl: `${origin}/v2`,
      apiKey: 'bce-v3/ALTAK-test/secret',
    }),
    model: 'ernie-4.5-turbo-vl',
    request: { messages: seen, parameters: { repetitionPenalty: 1.2, maxOutputTokens: 64 } },
    environment: { TEST_API_KEY: 'bce-v3/ALTAK-test/secret' },
  },
  {
    name: 'a server without keys',
    connection: (origin) => ({ protocol: 'openai', baseUrl: `${origin}/v1` }),
    model: 'llama3:8b',
    request: { messages: chat, parameters: { seed: 7 } },
    environment: {},
  },
  {
    name: 'an address with parameters',
    connection: (origin) => ({
      protocol: 'openai',
      baseUrl: `${origin}/v1?api-version=2024-10-21&route=a%20b`,
      apiKey: key,
    }),
    model: 'gpt-4o',
    request: { messages: chat, parameters: { temperature: 0.7 } },
    environment: keyEnvironment,
  },
  {
    name: 'Qianfan v1 by token',
    connection: (origin) => ({
      protocol: 'qianfan-v1',
      baseUrl: origin,
      auth: { type: 'oauth', apiKey: 'app-key', secretKey: 'app-secret' },
    }),
    model: 'ngxxxol8_test1',
    request: { messages: chat, parameters: { temperature: 0.5, topP: 0.7, topK: 5, repetitionPenalty: 1.5 } },
    environment: { QIANFAN_AK: 'app-key', QIANFAN_SK: 'app-secret' },
  },
  {
    name: 'Qianfan v1 by signature',
    connection: (origin) => ({
      protocol: 'qianfan-v1',
      baseUrl: origin,
      auth: { type: 'iam', accessKey, secretKey },
    }),
    model: 'ngxxxol8_test1',
    request: { messages: chat, parameters: { temperature: 0.5, stop: ['"', '桥'] } },
    environment: { QIANFAN_ACCESS_KEY: accessKey, QIANFAN_SECRET_KEY: secretKey },
  },
  {
    name: 'Qianfan v1 by a token of the user',
    connection: (origin) => ({
      protocol: 'qianfan-v1',
      baseUrl: origin,
      auth: { type: 'access-token', accessToken: '24.demo-access-token' },
    }),
    model: 'ngxxxol8_test1',
    request: { messages: [{ role: 'user', content: hostileText }] },
    environment: { QIANFAN_ACCESS_TOKEN: '24.demo-access-token' },
  },
];

/** No snippet may hold one of these. */
export const secrets: readonly string[] = [
  key,
  'gateway-secret',
  'bce-v3/ALTAK-test/secret',
  'app-key',
  'app-secret',
  accessKey,
  secretKey,
  '24.demo-access-token',
];
