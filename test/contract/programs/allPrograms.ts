/** Whether every program is run in this run of the tests, or one for each target: see `isFullRun`. */

import { isFullRun } from '../../support/fullRun.ts';

/** What the programs are made of, what they must agree with, and how they are tested. */
const sources = [
  'src/snippets/common',
  'src/llm/chatModel.ts',
  ...[
    ...['dashscope', 'openai', 'qianfanV1', 'catalog/modelHabits.ts', 'connection.ts', 'describeRequest.ts'],
    ...['protocol.ts', 'rawRequest.ts', 'registry.ts', 'protocolAdapter.ts', 'http/http.ts', 'messages'],
  ].map((name) => `src/providers/${name}`),
];
const tests = [
  'test/contract/programs',
  'test/support/programs.ts',
  'test/support/readers',
  'package-lock.json',
];

export const allPrograms: boolean = isFullRun([...sources, ...tests]);
