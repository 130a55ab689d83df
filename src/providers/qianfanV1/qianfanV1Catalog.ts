/** Model metadata for Qianfan v1's custom endpoints (vendor page "Dolly-12B"). */

import type { ModelInfo } from '../../llm/chatModel.ts';

/** All contents together, in UTF-16 units: the strict reading of the page's "characters". */
export const maxCharacters = 4800;

/** The page's limits, for every endpoint: custom endpoints have no pages of their own. */
export function describeQianfanV1Model(endpoint: string): ModelInfo {
  return {
    id: endpoint,
    name: endpoint,
    family: 'Qianfan',
    providerId: 'qianfan-v1',
    input: 'messages',
    toolCalling: false,
    imageInput: false,
    maxInputCharacters: maxCharacters,
    parameters: {
      temperature: { type: 'number', min: 0, minExclusive: true, max: 1 },
      topP: { type: 'number', min: 0, max: 1 },
      topK: { type: 'integer', min: 1 },
      repetitionPenalty: { type: 'number', min: 1, max: 2 },
      stop: { type: 'stop', maxItems: 4, maxLength: 20 },
    },
    source: 'https://cloud.baidu.com/doc/WENXINWORKSHOP/s/Jlp6dwfm7',
  };
}
