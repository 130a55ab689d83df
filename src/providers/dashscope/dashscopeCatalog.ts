/** What is assumed of any model on DashScope; the catalog's own facts stand in `catalog/models.json`. */

import type { ModelInfo } from '../../llm/chatModel.ts';
import { catalogIds, withCatalogFacts } from '../catalog/catalog.ts';
import { widestParameters } from '../catalog/widestParameters.ts';
import { seesByName } from '../messages/imageModels.ts';
import { refusesToolsByName } from '../messages/toolModels.ts';

/** What today's general API reference allows, for models without a page of limits of their own here. */
const unknownModel: Omit<ModelInfo, 'id' | 'name' | 'family' | 'toolCalling'> = {
  providerId: 'dashscope',
  input: 'messages',
  parameters: {
    temperature: { type: 'number', min: 0, max: 2, maxExclusive: true },
    topP: { type: 'number', min: 0, minExclusive: true, max: 1 },
    ...widestParameters,
  },
};

/** The catalog's models of DashScope. */
export function dashScopeModels(): ModelInfo[] {
  return catalogIds('dashscope').map(findDashScopeModel);
}

/** The catalog's entry, or, for an id it does not know, what today's general API reference allows. */
export function findDashScopeModel(id: string): ModelInfo {
  const imageInput = seesByName(id) ? true : undefined;
  const toolCalling = !refusesToolsByName(id);
  const assumed = { ...unknownModel, id, name: id, family: 'Other', imageInput, toolCalling };
  return withCatalogFacts('dashscope', assumed);
}
