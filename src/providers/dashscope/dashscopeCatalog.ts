/** Model metadata for DashScope: the catalog's, or assumptions for other ids. */

import type { ModelInfo } from '../../llm/chatModel.ts';
import { catalogIds, withCatalogEntry } from '../catalog/catalog.ts';
import { widestParameters } from '../catalog/widestParameters.ts';
import { isVisionModel } from '../messages/imageModels.ts';
import { refusesToolsByName } from '../messages/toolModels.ts';

/** The general API reference's ranges, for models without a page of their own. */
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

/** The catalog's entry, or the general API reference's ranges for other ids. */
export function findDashScopeModel(id: string): ModelInfo {
  const imageInput = isVisionModel(id) ? true : undefined;
  const toolCalling = !refusesToolsByName(id);
  const assumed = { ...unknownModel, id, name: id, family: 'Other', imageInput, toolCalling };
  return withCatalogEntry('dashscope', assumed);
}
