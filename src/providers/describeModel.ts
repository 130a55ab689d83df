/** Facts about a model by where it is served. */

import type { ProfileProvider } from '../core/protocols.ts';
import type { ModelInfo } from '../llm/chatModel.ts';
import { findProvider } from './registry.ts';

export function describeModel(provider: ProfileProvider, id: string): ModelInfo {
  return findProvider(provider).describeModel(id);
}
