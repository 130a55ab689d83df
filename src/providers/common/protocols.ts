/** The providers that a connection can be set up for, with the protocol each speaks. */

/** Everything else about a protocol stands in its folder, see `providers/registry.ts`. */
const protocolOf = {
  dashscope: 'dashscope',
  'dashscope-compatible': 'openai',
  'qianfan-v2': 'openai',
  'qianfan-v1': 'qianfan-v1',
  ollama: 'openai',
  openai: 'openai',
} as const;

export type ProfileProvider = keyof typeof protocolOf;

/** What travels over HTTP. */
export type WireProtocol = (typeof protocolOf)[ProfileProvider];

export const profileProviders: readonly ProfileProvider[] = Object.keys(protocolOf).filter(isProvider);

export const wireProtocols: readonly WireProtocol[] = [...new Set(Object.values(protocolOf))];

export function isProvider(value: unknown): value is ProfileProvider {
  return typeof value === 'string' && Object.hasOwn(protocolOf, value);
}

export function protocolFor(provider: ProfileProvider): WireProtocol {
  return protocolOf[provider];
}
