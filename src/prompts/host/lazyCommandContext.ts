/** The context of slash commands, whose code is loaded with the first command that attaches something. */

import { lazily } from '../../base/host/lazyFeature.ts';
import type { CommandContext, CommandContextOptions } from './commandContext.ts';

export function createLazyCommandContext(options: CommandContextOptions): CommandContext {
  const { load } = lazily(async () => (await import('./commandContext.ts')).createCommandContext(options));
  return {
    code: async () => (await load()).code(),
    selection: async () => (await load()).selection(),
    problems: async (code) => (await load()).problems(code),
    changes: async (which) => (await load()).changes(which),
    commitSubjects: async () => (await load()).commitSubjects(),
    testFiles: async (code) => (await load()).testFiles(code),
    testFramework: async (code) => (await load()).testFramework(code),
  };
}
