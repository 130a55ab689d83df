/** Creates the command that writes a commit message in Source Control. */

import type { Feature } from '../../base/host/feature.ts';
import { type CommitMessageDependencies, generateCommitMessage } from './commitMessage.ts';

export function createScm(dependencies: CommitMessageDependencies): Feature<'scm'> {
  return {
    commands: {
      'qiao.generateCommitMessage': (pressed) => generateCommitMessage(dependencies, pressed),
    },
  };
}
