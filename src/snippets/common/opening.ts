/** The comments above a program: what to install, and where its keys come from. */

import {
  keyVariables,
  type ProgramRequest,
  type ProgramWords,
} from '../../providers/common/programRequest.ts';

export interface Opening {
  /** What begins a comment. */
  mark: '#' | '//';
  /** The command that installs the client library, or what has to be in the project. */
  install?: string;
  /** More variables that the library itself reads, with the value each must have. */
  variables?: Readonly<Record<string, string>>;
}

/** Ends with a line feed, unless there is nothing to say. */
export function writeOpening(request: ProgramRequest, words: ProgramWords, opening: Opening): string {
  const { mark, install, variables = {} } = opening;
  const keys = keyVariables(request);
  const fixed = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return [
    install && `${mark} ${words.install}: ${install}\n`,
    keys.length > 0 && `${mark} ${words.keys}: ${keys.join(', ')}\n`,
    fixed.length > 0 && `${mark} ${words.variables}: ${fixed.join(', ')}\n`,
  ]
    .filter((line) => typeof line === 'string')
    .join('');
}
