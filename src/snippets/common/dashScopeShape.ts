/** Derives the shape of DashScope's answer from the request. */

import { objectAt, type SnippetRequest } from '../../providers/common/snippetRequest.ts';

/**
 * `parts`: the content is a list, as for vision models. `asksForMessage`: the text is in the choices.
 * `cumulative`: each frame of the stream holds the whole text so far.
 */
export function answerShape({ url, body, streaming }: SnippetRequest): {
  parts: boolean;
  asksForMessage: boolean;
  cumulative: boolean;
} {
  const { result_format: format, incremental_output: incremental } = objectAt(body, 'parameters');
  return {
    parts: url.includes('/multimodal-generation/'),
    asksForMessage: format === 'message',
    cumulative: streaming && incremental !== true,
  };
}
