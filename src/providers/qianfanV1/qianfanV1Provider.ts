/** Describes Qianfan v1 as a provider: custom endpoints, and three kinds of authentication. */

import { translatable } from '../../base/common/translatable.ts';
import { withCatalogEntry } from '../catalog/catalog.ts';
import type { CommonConnection } from '../connection.ts';
import type { Provider } from '../protocol.ts';
import { describeQianfanV1Model } from './qianfanV1Catalog.ts';

/** Baidu Qianfan's first interface; the model id is the endpoint's name. Default `https://aip.baidubce.com`. */
export interface QianfanV1Connection extends CommonConnection {
  protocol: 'qianfan-v1';
  baseUrl?: string;
  auth:
    | { type: 'oauth'; apiKey: string; secretKey: string }
    | { type: 'iam'; accessKey: string; secretKey: string }
    | { type: 'access-token'; accessToken: string };
}

export const qianfanV1Address = 'https://aip.baidubce.com';

export const qianfanV1Provider: Provider<QianfanV1Connection> = {
  id: 'qianfan-v1',
  name: translatable('Qianfan (v1)'),
  detail: translatable('Baidu’s first interface, being retired: custom endpoints'),
  rank: 5,
  secrets({ auth }) {
    if (auth === 'iam') return ['accessKey', 'secretKey'];
    return auth === 'access-token' ? ['accessToken'] : ['apiKey', 'secretKey'];
  },
  variables: ({ auth }) => ({
    apiKey: 'QIANFAN_AK',
    secretKey: auth === 'iam' ? 'QIANFAN_SECRET_KEY' : 'QIANFAN_SK',
    accessKey: 'QIANFAN_ACCESS_KEY',
    accessToken: 'QIANFAN_ACCESS_TOKEN',
  }),
  console: 'https://console.bce.baidu.com/qianfan/ais/console/applicationConsole/application',
  address: () => qianfanV1Address,
  vendor: true,
  asks: 'address-and-auth',
  addsPath: (path) => /\/rpc\/|\/v2$/.test(path),
  connect({ auth }, { apiKey = '', secretKey = '', accessKey = '', accessToken = '' }, common) {
    const connection = { ...common, protocol: 'qianfan-v1' as const };
    if (auth === 'iam') return { ...connection, auth: { type: 'iam', accessKey, secretKey } };
    if (auth === 'access-token') return { ...connection, auth: { type: 'access-token', accessToken } };
    return { ...connection, auth: { type: 'oauth', apiKey, secretKey } };
  },
  describeModel: (id) => withCatalogEntry('qianfan-v1', describeQianfanV1Model(id)),
  signs: ({ auth }) => auth === 'iam',
  retirement: {
    // Announced by the vendor for 2026-08-31.
    notice: translatable(
      'Baidu is retiring Qianfan v1. This connection goes on working as long as the platform lets it.',
    ),
    successor: 'qianfan-v2',
  },
};
