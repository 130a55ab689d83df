/** Facts about a model by where it is served. */

import type { ModelInfo } from '../llm/chatModel.ts';
import type { ProfileProvider } from './common/protocols.ts';
import { findProvider } from './registry.ts';

export function describeModel(provider: ProfileProvider, id: string): ModelInfo {
  return findProvider(provider).describeModel(id);
}
