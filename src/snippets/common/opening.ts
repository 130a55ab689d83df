/** Writes the comments above a snippet: installation, keys and environment variables. */

import {
  keyVariables,
  type SnippetComments,
  type SnippetRequest,
} from '../../providers/common/snippetRequest.ts';

export interface Opening {
  /** Begins a comment. */
  mark: '#' | '//';
  /** The command that installs the client library, or the dependency to add. */
  install?: string;
  /** Environment variables that the library reads, with their required values. */
  variables?: Readonly<Record<string, string>>;
}

/** Empty, or ends with a line feed. */
export function writeOpening(request: SnippetRequest, comments: SnippetComments, opening: Opening): string {
  const { mark, install, variables = {} } = opening;
  const keys = keyVariables(request);
  const fixed = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return [
    install && `${mark} ${comments.install}: ${install}\n`,
    keys.length > 0 && `${mark} ${comments.keys}: ${keys.join(', ')}\n`,
    fixed.length > 0 && `${mark} ${comments.variables}: ${fixed.join(', ')}\n`,
  ]
    .filter((line) => typeof line === 'string')
    .join('');
}
