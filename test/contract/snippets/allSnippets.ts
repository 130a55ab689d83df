/** Whether every snippet is run in this run of the tests, or one for each target: see `isFullRun`. */

import { isFullRun } from '../../support/fullRun.ts';

/** What the snippets are made of, what they must agree with, and how they are tested. */
const sources = [
  'src/snippets/common',
  'src/llm/chatModel.ts',
  ...[
    ...['dashscope', 'openai', 'qianfanV1', 'catalog/modelHabits.ts', 'connection.ts', 'describeRequest.ts'],
    ...['protocol.ts', 'rawRequest.ts', 'registry.ts', 'protocolAdapter.ts', 'http/http.ts', 'messages'],
  ].map((name) => `src/providers/${name}`),
];
const tests = [
  'test/contract/snippets',
  'test/support/snippets.ts',
  'test/support/readers',
  'package-lock.json',
];

export const allSnippets: boolean = isFullRun([...sources, ...tests]);
