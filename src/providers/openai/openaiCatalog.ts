/** What is assumed of any model behind an OpenAI-compatible address. */

import type { ModelInfo } from '../../llm/chatModel.ts';
import { widestParameters } from '../catalog/widestParameters.ts';
import { seesByName } from '../messages/imageModels.ts';
import { refusesToolsByName } from '../messages/toolModels.ts';

/** No list of models says what each one takes; the ranges are the widest that any of these services documents. */
export function describeOpenAIModel(id: string): ModelInfo {
  return {
    id,
    name: id,
    family: 'Other',
    providerId: 'openai',
    input: 'messages',
    toolCalling: !refusesToolsByName(id),
    imageInput: seesByName(id) ? true : undefined,
    parameters: {
      temperature: { type: 'number', min: 0, max: 2 },
      topP: { type: 'number', min: 0, max: 1 },
      ...widestParameters,
    },
  };
}
