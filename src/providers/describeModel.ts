/** Facts about a model by where it is served. */

import type { ModelInfo } from '../core/chatModel.ts';
import type { ProfileProvider } from '../core/protocols.ts';
import { findProvider } from './registry.ts';

export function describeModel(provider: ProfileProvider, id: string): ModelInfo {
  return findProvider(provider).describeModel(id);
}
