/** Looks up a model's metadata by provider and id. */

import type { ModelInfo } from '../llm/chatModel.ts';
import type { ProfileProvider } from './common/protocols.ts';
import { findProvider } from './registry.ts';

/** For an id that is not in the catalog, the assumptions that hold for any model of the provider. */
export function describeModel(provider: ProfileProvider, id: string): ModelInfo {
  return findProvider(provider).describeModel(id);
}
