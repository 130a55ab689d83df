/** Who is measured: each in a process of its own, on one protocol. */

import type { Protocol } from './answers.ts';
import { socketBytes, undiciBytes } from './readers/bytes.ts';
import { eventsOnly, parserOnly, utf8Only, wholeParserOnly } from './readers/parserOnly.ts';
import type { Reader } from './readers/reader.ts';

/**
 * `limit`: what the others of its protocol are compared with. `step`: stops before the text of an answer. `least`:
 * trusts every byte, so nobody could ship it.
 */
export type Role = 'socket' | 'limit' | 'step' | 'least' | 'qiao' | 'peer';

export interface Subject {
  readonly name: string;
  readonly protocol: Protocol;
  readonly role: Role;
  /** Throws when its package is not installed. */
  load(): Promise<Reader>;
}

const socket = { name: 'net, bytes only', role: 'socket', load: async () => socketBytes } as const;
const limit = { name: 'undici, bytes only', role: 'limit', load: async () => undiciBytes } as const;
const utf8 = { name: 'undici + UTF-8', role: 'step', load: async () => utf8Only } as const;
const events = { name: 'undici + UTF-8 + parser', role: 'step', load: async () => eventsOnly } as const;
const least = {
  name: 'undici + UTF-8 + parser + JSON',
  role: 'least',
  load: async () => parserOnly,
} as const;

export const subjects: readonly Subject[] = [
  { ...socket, protocol: 'openai' },
  { ...limit, protocol: 'openai' },
  { ...utf8, protocol: 'openai' },
  { ...events, protocol: 'openai' },
  { ...least, protocol: 'openai' },
  {
    name: 'Qiao',
    protocol: 'openai',
    role: 'qiao',
    load: async () => (await import('./readers/qiao.ts')).qiaoOpenAI,
  },
  {
    name: 'openai',
    protocol: 'openai',
    role: 'peer',
    load: async () => (await import('./readers/peers.ts')).openAIClient(),
  },
  {
    name: 'ai + @ai-sdk/openai-compatible',
    protocol: 'openai',
    role: 'peer',
    load: async () => (await import('./readers/peers.ts')).aiSdk(),
  },
  {
    name: 'LangChain ChatOpenAI',
    protocol: 'openai',
    role: 'peer',
    load: async () => (await import('./readers/peers.ts')).langChainOpenAI(),
  },
  { ...limit, protocol: 'dashscope' },
  { ...utf8, protocol: 'dashscope' },
  { ...events, protocol: 'dashscope' },
  { ...least, protocol: 'dashscope' },
  {
    name: 'Qiao',
    protocol: 'dashscope',
    role: 'qiao',
    load: async () => (await import('./readers/qiao.ts')).qiaoDashScope,
  },
  {
    name: 'LangChain ChatAlibabaTongyi',
    protocol: 'dashscope',
    role: 'peer',
    load: async () => (await import('./readers/peers.ts')).langChainTongyi(),
  },
  { ...limit, protocol: 'whole' },
  { ...least, protocol: 'whole', load: async () => wholeParserOnly },
  {
    name: 'Qiao',
    protocol: 'whole',
    role: 'qiao',
    load: async () => (await import('./readers/qiao.ts')).qiaoWhole,
  },
];
