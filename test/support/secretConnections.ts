/** A connection of every protocol and kind of credentials, with secrets that can be looked for. */

import type { EmulatorOptions } from '../../src/emulator/index.ts';
import type { Connection } from '../../src/providers/index.ts';

const iam = { accessKey: 'feedc0de89abcdef0123456789abcdef', secretKey: 'c0ffee9876543210fedcba9876543210' };

export interface SecretConnection {
  name: string;
  connect(origin: string): Connection;
  secrets: readonly string[];
}

const all: SecretConnection[] = [
  {
    name: 'DashScope',
    connect: (origin) => ({ protocol: 'dashscope', baseUrl: origin, apiKey: 'sk-secret-dashscope-1' }),
    secrets: ['sk-secret-dashscope-1'],
  },
  {
    name: 'OpenAI',
    connect: (origin) => ({
      protocol: 'openai',
      baseUrl: `${origin}/v1`,
      apiKey: 'sk-secret-openai-2',
      headers: { 'X-Api-Key': 'gateway-secret-3' },
    }),
    secrets: ['sk-secret-openai-2', 'gateway-secret-3'],
  },
  {
    name: 'Qianfan v2',
    connect: (origin) => ({
      protocol: 'openai',
      baseUrl: `${origin}/v2`,
      apiKey: 'bce-v3/ALTAK-secret/4444',
      dialect: 'qianfan',
    }),
    secrets: ['bce-v3/ALTAK-secret/4444'],
  },
  {
    name: 'Qianfan v1 by token',
    connect: (origin) => ({
      protocol: 'qianfan-v1',
      baseUrl: origin,
      auth: { type: 'oauth', apiKey: 'secret-app-key-5', secretKey: 'secret-app-secret-6' },
    }),
    secrets: ['secret-app-key-5', 'secret-app-secret-6'],
  },
  {
    name: 'Qianfan v1 with a given token',
    connect: (origin) => ({
      protocol: 'qianfan-v1',
      baseUrl: origin,
      auth: { type: 'access-token', accessToken: '24.secret+given/token=7' },
    }),
    secrets: ['24.secret+given/token=7'],
  },
  {
    name: 'Qianfan v1, signed',
    connect: (origin) => ({ protocol: 'qianfan-v1', baseUrl: origin, auth: { type: 'iam', ...iam } }),
    secrets: [iam.secretKey, iam.accessKey],
  },
];

const emulatorOptions: EmulatorOptions = {
  iamKeys: { [iam.accessKey]: iam.secretKey },
  accessTokens: ['24.secret+given/token=7'],
};

export const secretConnections = { all, emulatorOptions };
