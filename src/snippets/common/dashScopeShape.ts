/** What DashScope answers in, as far as the request decides it. */

import { objectAt, type ProgramRequest } from '../../providers/common/programRequest.ts';

/**
 * `parts`: the content is a list, as that of models that see. `asksForMessage`: the text stands in the choices for sure.
 * `cumulative`: each frame of the stream holds the whole text so far.
 */
export function answerShape({ url, body, streaming }: ProgramRequest): {
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
