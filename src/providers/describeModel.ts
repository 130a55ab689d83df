/** Facts about a model by where it is served; loads no client. */

import type { ModelInfo } from '../core/chatModel.ts';
import type { ProfileProvider } from '../core/connectionProfile.ts';
import { withCatalogFacts } from './catalog/catalog.ts';
import { findDashScopeModel } from './dashscopeCatalog.ts';
import { describeOpenAIModel } from './openaiCatalog.ts';
import { describeQianfanV1Model } from './qianfanV1Catalog.ts';

export function describeModel(provider: ProfileProvider, id: string): ModelInfo {
  if (provider === 'dashscope') return findDashScopeModel(id);
  const assumed = provider === 'qianfan-v1' ? describeQianfanV1Model(id) : describeOpenAIModel(id);
  return withCatalogFacts(provider, assumed);
}
