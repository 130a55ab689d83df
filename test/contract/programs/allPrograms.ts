/** Whether every program is run in this run of the tests, or one for each target: see `isFullRun`. */

import { isFullRun } from '../../support/fullRun.ts';

/** What the programs are made of, what they must agree with, and how they are tested. */
const sources = [
  'src/core/programs',
  'src/core/chatModel.ts',
  ...['dashscope/dashscope', 'openai/openai', 'qianfanV1/bceAuth', 'qianfanV1/qianfanV1'],
  ...['qianfanV1/qianfanV1Token', 'connection', 'describeRequest', 'http', 'images', 'rawRequest'],
  ...['wire', 'wireMessages'],
].map((name) => (name.startsWith('src/') ? name : `src/providers/${name}.ts`));
const tests = [
  'test/contract/programs',
  'test/support/programs.ts',
  'test/support/readers',
  'package-lock.json',
];

export const allPrograms: boolean = isFullRun([...sources, ...tests]);
