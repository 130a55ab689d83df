/** The code tools, whose code is loaded when one of them is used or `load` is called. */

import { type Lazy, lazily } from '../../../base/host/lazyFeature.ts';
import type { CodeTools, CodeToolsOptions } from './codeTools.ts';

export function createLazyCodeTools(options: CodeToolsOptions): Omit<CodeTools, 'dispose'> & Lazy<CodeTools> {
  const tools = lazily(async () => (await import('./codeTools.ts')).createCodeTools(options));
  return {
    ...tools,
    run: async (request) => (await tools.load()).run(request),
    propose: async (...change) => (await tools.load()).propose(...change),
    acceptProposal: async () => (await tools.load()).acceptProposal(),
    discardProposal: async () => (await tools.load()).discardProposal(),
  };
}
