/** Links whose words say another address than theirs, in every disguise: the real one is shown. */

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { misleadingHost } from '../../../src/ui/markdown/linkAddress.ts';
import { assertLinear, repeated } from '../../support/growth.ts';

describe('where a link leads', () => {
  const evil = 'https://evil.example/login';
  const bank = 'https://bank.com/';
  for (const [text, href, shown] of [
    ['bank。com', evil, 'evil.example'],
    ['bank．com', evil, 'evil.example'],
    ['bank｡com', evil, 'evil.example'],
    ['bank․com', evil, 'evil.example'],
    ['bank·com/login', evil, 'evil.example'],
    ['ｂａｎｋ．ｃｏｍ', evil, 'evil.example'],
    ['ｈｔｔｐｓ：／／ｂａｎｋ．ｃｏｍ', evil, 'evil.example'],
    ['𝐛𝐚𝐧𝐤.𝐜𝐨𝐦', evil, 'evil.example'],
    ['https:∕∕bank.com', evil, 'evil.example'],
    ['https:⁄⁄bank.com⁄login', evil, 'evil.example'],
    ['https꞉//bank.com', evil, 'evil.example'],
    ['https։//bank.com', evil, 'evil.example'],
    ['bank⸱com', evil, 'evil.example'],
    ['サーバー・ネット', evil, undefined],
    ['https:\\\\bank.com', evil, 'evil.example'],
    ['https:bank.com', evil, 'evil.example'],
    ['\u202emoc.knab', evil, 'evil.example'],
    ['https://\u2066bank.com', evil, 'evil.example'],
    ['ba\u00adnk.com', evil, 'evil.example'],
    ['ba\u200bnk.com', evil, 'evil.example'],
    ['click\u{e0041}', evil, 'evil.example'],
    ['BANK.COM', evil, 'evil.example'],
    ['bank.com:443', evil, 'evil.example'],
    ['bank.com.', evil, 'evil.example'],
    ['bank.com?x', evil, 'evil.example'],
    ['bank%2Ecom', 'https://x.com/', undefined],
    ['https://bank%2Ecom', evil, 'evil.example'],
    ['bаnk.com', bank, 'bank.com'],
    ['bank.соm', evil, 'evil.example'],
    ['bank.ᴄᴏᴍ', evil, 'evil.example'],
    ['bank.com', 'https://bаnk.com/', 'xn--bnk-6cd.com'],
    ['bank', 'https://bаnk.com/', 'xn--bnk-6cd.com'],
    ['bank.com', 'https://bank.com.evil.example/', 'bank.com.evil.example'],
    ['bank.com', 'https://bank.com@evil.example/', 'evil.example'],
    ['words', 'https://bank.com@evil.example/', 'evil.example'],
    ['words', 'https://bank.com:x@evil.example/', 'evil.example'],
    ['https://bank.com@evil.example', evil, 'evil.example'],
    ['bank.com@evil.example', evil, 'evil.example'],
    ['→ https://bank.com (official)', evil, 'evil.example'],
    ['请登录bank.com继续', evil, 'evil.example'],
    ['192.168.1.1/admin', evil, 'evil.example'],
    ['localhost:3000', evil, 'evil.example'],
    ['//bank.com', evil, 'evil.example'],
    ['/etc/passwd', evil, 'evil.example'],
    ['./src/a.ts', evil, 'evil.example'],
    ['C:\\Windows\\a.ini', evil, 'evil.example'],
    ['file:///etc/passwd', evil, 'evil.example'],
    ['vscode://settings', evil, 'evil.example'],
    ['help@bank.com', evil, 'evil.example'],
    ['help@bank.com', 'mailto:help@evil.example', 'mailto:help@evil.example'],
    ['help@bank.com', 'mailto:other@bank.com?subject=x', 'mailto:other@bank.com'],
    ['bank.com', 'mailto:help@bank.com', 'mailto:help@bank.com'],
    ['bank.com', 'https://bank.com:8443/', 'bank.com:8443'],
    // Nothing to warn of.
    ['bank.com', bank, undefined],
    ['www.bank.com', bank, undefined],
    ['Bank.com/login?x#y', bank, undefined],
    ['https://bank.com.', bank, undefined],
    ['(https://bank.com)', bank, undefined],
    ['bank。com', bank, undefined],
    ['请登录bank.com。', bank, undefined],
    ['help@bank.com', 'mailto:help@bank.com?subject=x', undefined],
    ['mailto:help@bank.com', 'mailto:help@bank.com', undefined],
    ['help@bank.com', bank, undefined],
    ['localhost:3000', 'http://localhost:3000/', undefined],
    ['例子.中国', 'https://xn--fsqu00a.xn--fiqs8s/', undefined],
    ['文档', 'https://xn--fsqu00a.com/', undefined],
    ['Node.js', evil, undefined],
    ['console.log', evil, undefined],
    ['README.md', evil, undefined],
    ['1.2.3', evil, undefined],
    ['约翰·史密斯', evil, undefined],
    ['请看文档。谢谢', evil, undefined],
    ['the https:// scheme', evil, undefined],
    ['👩‍💻 docs', evil, undefined],
    ['', evil, undefined],
  ] as const) {
    it(`${JSON.stringify(text)} → ${href}: ${shown ?? 'nothing'}`, () =>
      assert.equal(misleadingHost(text, href), shown));
  }

  const endings = ['com', 'org', 'net', 'cn', 'io', 'dev', '中国'];
  const host = fc
    .tuple(
      fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/),
      fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/),
      fc.constantFrom(...endings),
    )
    .map((labels) => labels.join('.'));
  const full = (text: string): string =>
    text.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
  const disguises: ((text: string) => string)[] = [
    (text) => text.replaceAll('.', '。'),
    (text) => text.replaceAll('.', '．'),
    (text) => text.replaceAll('/', '∕'),
    (text) => text.replaceAll('/', '⁄'),
    (text) => text.replaceAll('/', '\\'),
    (text) => text.replaceAll(':', '：'),
    full,
    (text) => text.toUpperCase(),
    (text) => `\u202e${[...text].reverse().join('')}`,
    (text) => text.replace(/[a-z]/, '$&\u200d'),
    (text) => `\u2067${text}\u2069`,
    (text) => text.replaceAll('a', 'а').replaceAll('o', 'о').replaceAll('c', 'с'),
    (text) => `${text}.`,
    (text) => `  ${text} (login)`,
    (text) => `请看${text}`,
    (text) => text,
  ];
  const wrappings: ((text: string) => string)[] = [
    (text) => text,
    (text) => `https://${text}`,
    (text) => `http://www.${text}/a/b?c=d`,
    (text) => `www.${text}`,
    (text) => `${text}:8080/x`,
    (text) => `someone@${text}`,
  ];

  it('is shown whenever the words say another host, in any disguise', () => {
    fc.assert(
      fc.property(
        host,
        host,
        fc.constantFrom(...wrappings),
        fc.array(fc.constantFrom(...disguises), { maxLength: 3 }),
        (said, real, wrap, hide) => {
          fc.pre(said !== real);
          const text = hide.reduce((words, disguise) => disguise(words), wrap(said));
          assert.equal(misleadingHost(text, `https://${real}/x`), new URL(`https://${real}`).host, text);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is not repeated where the words say it', () => {
    fc.assert(
      fc.property(host, fc.constantFrom(...wrappings.slice(0, 4)), (real, wrap) => {
        assert.equal(misleadingHost(wrap(real), `https://${real}/x`), undefined);
      }),
      { numRuns: 500 },
    );
  });

  it('costs no more per character in a long text', () => {
    for (const unit of [
      'a.',
      'a',
      '.',
      '@',
      'a@b.',
      '/',
      'https://',
      'www.',
      '\u202e',
      '中a',
      ' ',
      '-',
      'a:',
      '1.1.1.1 ',
    ])
      for (const href of [bank, 'mailto:a@b.com'])
        assertLinear((text) => misleadingHost(text, href), repeated(unit), { size: 64_000, name: unit });
  });
});
