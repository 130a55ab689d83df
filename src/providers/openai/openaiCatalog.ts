/** Assumptions about models behind an OpenAI-compatible address. */

import type { ModelInfo } from '../../llm/chatModel.ts';
import { widestParameters } from '../catalog/widestParameters.ts';
import { isVisionModel } from '../messages/imageModels.ts';
import { refusesToolsByName } from '../messages/toolModels.ts';

/** Model lists do not tell capabilities: the ranges are the widest that any of these services documents. */
export function describeOpenAIModel(id: string): ModelInfo {
  return {
    id,
    name: id,
    family: 'Other',
    providerId: 'openai',
    input: 'messages',
    toolCalling: !refusesToolsByName(id),
    imageInput: isVisionModel(id) ? true : undefined,
    parameters: {
      temperature: { type: 'number', min: 0, max: 2 },
      topP: { type: 'number', min: 0, max: 1 },
      ...widestParameters,
    },
  };
}
