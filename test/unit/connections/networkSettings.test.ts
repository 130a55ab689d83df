import assert from 'node:assert/strict';
import { type HttpSettings, toNetworkOptions } from '../../../src/connections/host/networkSettings.ts';
import type { NetworkOptions } from '../../../src/providers/connection.ts';

const direct: NetworkOptions = { strictSsl: true };
const by = (proxyUrl: string, more: NetworkOptions = {}): NetworkOptions => ({
  strictSsl: true,
  proxyUrl,
  proxyAuthorization: undefined,
  noProxy: '',
  ...more,
});

/** name, settings, environment, options */
const table: [string, HttpSettings, NodeJS.ProcessEnv, NetworkOptions][] = [
  ['nothing set', {}, {}, direct],
  [
    'what VS Code gives when nothing is set',
    { proxy: '', proxySupport: 'override', proxyAuthorization: null, proxyStrictSSL: true, noProxy: [] },
    {},
    direct,
  ],
  [
    'the setting before the variables',
    { proxy: ' http://a:1 ' },
    { HTTPS_PROXY: 'http://b:2' },
    by('http://a:1'),
  ],
  [
    'HTTPS_PROXY before HTTP_PROXY before ALL_PROXY',
    {},
    { ALL_PROXY: 'http://c:3', HTTP_PROXY: 'http://b:2', HTTPS_PROXY: 'http://a:1' },
    by('http://a:1'),
  ],
  ['HTTP_PROXY alone', {}, { HTTP_PROXY: 'http://b:2' }, by('http://b:2')],
  ['small letters', {}, { all_proxy: 'http://c:3', no_proxy: 'x' }, by('http://c:3', { noProxy: 'x' })],
  ['small letters first', {}, { HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:2' }, by('http://b:2')],
  ['a SOCKS proxy for everything', {}, { ALL_PROXY: 'socks5://c:3' }, direct],
  [
    'a SOCKS proxy that was set for VS Code: refused with a name, not passed over in silence',
    { proxy: 'socks5://c:3' },
    {},
    by('socks5://c:3'),
  ],
  ['support off', { proxySupport: 'off', proxy: 'http://a:1' }, { HTTPS_PROXY: 'http://b:2' }, direct],
  [
    'support off, certificates unchecked',
    { proxySupport: 'off', proxyStrictSSL: false },
    {},
    { strictSsl: false },
  ],
  ['certificates unchecked without a proxy', { proxyStrictSSL: false }, {}, { strictSsl: false }],
  [
    'authorization',
    { proxy: 'http://a:1', proxyAuthorization: 'Bearer x' },
    {},
    by('http://a:1', { proxyAuthorization: 'Bearer x' }),
  ],
  [
    'http.noProxy in place of NO_PROXY',
    { proxy: 'http://a:1', noProxy: ['b.example', ' .c.example:8080'] },
    { NO_PROXY: 'd.example' },
    by('http://a:1', { noProxy: 'b.example,.c.example:8080' }),
  ],
  [
    'NO_PROXY while http.noProxy is empty',
    { proxy: 'http://a:1', noProxy: [] },
    { NO_PROXY: 'd.example,10.0.0.0/8' },
    by('http://a:1', { noProxy: 'd.example,10.0.0.0/8' }),
  ],
  [
    'values of the wrong shape',
    { proxy: 7, noProxy: 'x', proxyAuthorization: {} },
    { HTTP_PROXY: ' ' },
    direct,
  ],
];

describe('network settings', () => {
  for (const [name, settings, environment, options] of table) {
    it(name, () => assert.deepEqual(toNetworkOptions(settings, environment), options));
  }
});
