/** The providers that users can connect to, and the protocol of each. */

/** Everything else about a protocol is in its folder, see `providers/registry.ts`. */
const protocolOf = {
  dashscope: 'dashscope',
  'dashscope-compatible': 'openai',
  'qianfan-v2': 'openai',
  'qianfan-v1': 'qianfan-v1',
  ollama: 'openai',
  openai: 'openai',
} as const;

export type ProfileProvider = keyof typeof protocolOf;

/** The id of a protocol. */
export type ProtocolId = (typeof protocolOf)[ProfileProvider];

export const profileProviders: readonly ProfileProvider[] = Object.keys(protocolOf).filter(isProvider);

export const protocolIds: readonly ProtocolId[] = [...new Set(Object.values(protocolOf))];

export function isProvider(value: unknown): value is ProfileProvider {
  return typeof value === 'string' && Object.hasOwn(protocolOf, value);
}

export function protocolFor(provider: ProfileProvider): ProtocolId {
  return protocolOf[provider];
}
