import assert from 'node:assert/strict';
import { bypassesProxy } from '../../../src/providers/http/noProxy.ts';

/** url, list, reached directly */
const table: [string, string, boolean][] = [
  ['https://dashscope.aliyuncs.com/x', '', false],
  ['https://dashscope.aliyuncs.com', 'dashscope.aliyuncs.com', true],
  ['https://dashscope.aliyuncs.com', 'aliyuncs.com', true],
  ['https://dashscope.aliyuncs.com', '.aliyuncs.com', true],
  ['https://dashscope.aliyuncs.com', '*.aliyuncs.com', true],
  ['https://dashscope.aliyuncs.com', 'a.example, ALIYUNCS.com', true],
  ['https://dashscope.aliyuncs.com', 'a.example aliyuncs.com;b.example', true],
  ['https://dashscope.aliyuncs.com', 'cs.com', false],
  ['https://dashscope.aliyuncs.com', 'x.dashscope.aliyuncs.com', false],
  ['https://dashscope.aliyuncs.com', '*', true],
  ['https://dashscope.aliyuncs.com', 'a.example,*', true],
  ['https://dashscope.aliyuncs.com', 'aliyuncs.com:443', true],
  ['https://dashscope.aliyuncs.com', 'aliyuncs.com:8443', false],
  ['https://dashscope.aliyuncs.com:8443', 'aliyuncs.com:8443', true],
  ['http://model.corp', 'corp:80', true],
  ['http://10.1.2.3:8000', '10.0.0.0/8', true],
  ['http://10.1.2.3:8000', '10.0.0.0/8:8000', true],
  ['http://10.1.2.3:8000', '10.0.0.0/8:8001', false],
  ['http://10.1.2.3:8000', '10.1.2.3', true],
  ['http://10.1.2.3:8000', '2.3', false],
  ['http://11.1.2.3', '10.0.0.0/8', false],
  ['http://10.1.2.3', '10.0.0.0/99', false],
  ['http://10.example', '10.0.0.0/8', false],
  ['http://[fd00::1]:8000', 'fd00::/8', true],
  ['http://[fd00::1]:8000', 'fd00::1', true],
  ['http://[fd00::1]:8000', '[fd00::1]:8000', true],
  ['http://[fd00::1]:8000', '[fd00::1]:8001', false],
  ['http://[fd00::1]:8000', '10.0.0.0/8', false],
  ['http://localhost:11434', '', true],
  ['http://ollama.localhost', '', true],
  ['http://127.0.0.1:11434', 'x', true],
  ['http://127.8.8.8', '', true],
  ['http://[::1]:11434', '', true],
  ['http://localhost.example', '', false],
  ['http://127.0.0.1:11434', '<-loopback>', false],
  ['http://127.0.0.1:11434', '<-loopback>,127.0.0.1', true],
];

describe('hosts that need no proxy', () => {
  for (const [url, list, expected] of table) {
    it(`${url} with "${list}": ${expected ? 'directly' : 'through the proxy'}`, () => {
      assert.equal(bypassesProxy(new URL(url), list), expected);
    });
  }
  it('knows only the proxy while nothing is listed', () => {
    assert.equal(bypassesProxy(new URL('https://a.example')), false);
  });
});
