import assert from 'node:assert/strict';
import { findSecret } from '../../../src/context/host/findSecret.ts';
import { isSecretName } from '../../../src/context/host/secretNames.ts';
import { secretShapes } from '../../../src/context/host/secretShapes.ts';
import { hexadecimalShapes, tokenShapes } from '../../../src/context/host/tokenShapes.ts';
import { assertCpuWithin } from '../../support/cpuTime.ts';
import { isFullRun } from '../../support/fullRun.ts';
import { assertLinear, repeated } from '../../support/growth.ts';
import { createLetters, makeSecrets, ordinaryFiles } from '../../support/secretCorpus.ts';

const letters = createLetters(1);
const hex = (length: number): string => letters(length, '0123456789abcdef');
const lower = (length: number): string => letters(length, 'abcdefghijklmnopqrstuvwxyz');

const harmless = [
  'const apiKey = process.env.DASHSCOPE_API_KEY;',
  'const apiKey = "your-api-key-goes-here-1234";',
  'apiKey: string; secretKey: string;',
  'DASHSCOPE_API_KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  `Authorization: Bearer ${'$'}{token}`,
  'Authorization: Bearer <your token that is quite long>',
  'AKIAIOSFODNN7EXAMPLE',
  'postgres://user:password@localhost/db',
  `https://${'$'}{user}:${'$'}{password}@host/path`,
  'https://example.com/a:b/c@d',
  'git@github.com:owner/repository.git',
  '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A',
  '-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----',
  'const publicKeyToken = getTokenFromTheConfigurationOfTheUser();',
  'token: AbstractSyntaxTreeTokenWithALongName',
  'integrity sha512-AbCdEf0123456789AbCdEf0123456789AbCdEf0123456789AbCdEf0123456789',
  `commit ${hex(40)}`,
  `id: ${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  'task-management-service-controller-implementation',
  'risk-assessment-of-the-deployment-2024',
  '密码：请联系管理员',
  `data:image/png;base64,${letters(400)}`,
];

/** `npm run bench -- secrets` looks at all. */
const ordinaryFolders = [
  ...['src', 'docs', 'scripts', 'l10n', 'media'],
  ...[
    '@types',
    'fast-check',
    'linkedom',
    'lit',
    'markdown-it',
    'mocha',
    'openai',
    'undici',
    'yaml',
    'zod',
  ].map((name) => `node_modules/${name}`),
];

describe('secrets in text', () => {
  it('are found, of every kind and whatever their letters', () => {
    const missed = new Set<string>();
    for (let seed = 1; seed <= 20; seed++) {
      const secrets = makeSecrets(seed);
      assert.ok(secrets.length >= 150);
      for (const { what, text } of secrets)
        for (const inside of [text, `before\n${text}\nafter`])
          if (findSecret(inside) !== what) missed.add(`${what}, not ${findSecret(inside)}: ${inside}`);
    }
    assert.deepEqual([...missed], []);
  });

  it('knows an example of every shape', () => {
    const tested = new Set(makeSecrets(1).map(({ what }) => what));
    const known = [...tokenShapes, ...hexadecimalShapes, ...secretShapes].map(({ what }) => what);
    assert.deepEqual(
      known.filter((what) => !tested.has(what)),
      [],
    );
  });

  it('are seen in no more than one of 300 ordinary files', () => {
    let count = 0;
    const seen: string[] = [];
    for (const { file, text } of ordinaryFiles(ordinaryFolders, 3)) {
      count++;
      const what = findSecret(text);
      if (what !== undefined) seen.push(`${file}: ${what}`);
    }
    assert.ok(count >= 1000, `${count} files`);
    assert.ok(seen.length * 300 <= count, `${count} files: ${seen.join(', ')}`);
  });

  it('are looked for in 1 MB in no time to speak of', () => {
    const text = Array.from(ordinaryFiles(['node_modules/undici/lib']), (one) => one.text).join('\n');
    const megabyte = text.repeat(Math.ceil(2 ** 20 / text.length)).slice(0, 2 ** 20);
    assert.equal(findSecret(megabyte), undefined);
    // `npm run bench -- secrets` tells how little.
    assertCpuWithin(500, () => findSecret(megabyte), 'a megabyte');
  });

  for (const text of harmless) {
    it(`lets pass: ${text.slice(0, 50)}`, () => assert.equal(findSecret(text), undefined));
  }

  it('finds the second when the first is only a placeholder', () => {
    assert.equal(findSecret(`sk-xxxxxxxxxxxxxxxxxxxxxxxx sk-${hex(32)}`), 'model platform API key');
  });

  it('takes no more than linear time, whatever the text', () => {
    const size = isFullRun(['src/context']) ? 128 * 1024 : 32 * 1024;
    const everyHint = secretShapes.flatMap(({ hints }) => hints).join('\n');
    const hostile = [
      'a',
      '-',
      ' ',
      '=',
      ':',
      '"',
      'a:',
      '://',
      'a://',
      'http://a:',
      'http://aaaaaaaaaa:',
      'eyJ',
      'eyJaaaaaaaaaa.',
      'sk-',
      'sk-a',
      'sk-aaaaaaaaaaaaaaaaaaaa_',
      '-----BEGIN ',
      '-----BEGIN A ',
      'PRIVATE KEY-----',
      'password=',
      'password:',
      'password  ',
      'user=a;',
      'user=a;b=c;',
      'server=',
      'host=;',
      'secret',
      'token',
      'key=',
      'api_key="a',
      'authorization: bearer ',
      'AccountKey=',
      'AKIA',
      'LTAI',
      'a.b-c+',
      'eyJaaaaaaaaaa.eyJaaaaaaaaaa.',
      '-----BEGIN PRIVATE KEY-----\nA-b: c\n',
      '-----BEGIN PRIVATE KEY-----\n ',
      '-----BEGIN PRIVATE KEY-----rn a-b: rn a-b: ',
      'requirepass ',
      'AAAAPASS=',
      "define('A",
      '"AAAAAAAAAAAAAAAAAAAA", ',
      'bearer ',
      'curl -u ',
      'curl -u a:',
      'mysql ',
      'wget --password',
      'machine a login b password ',
      'machine ',
      'a:*:b:c:',
      'pwd',
      'password.',
      'password\n',
      '密码',
      '密码 ',
      'aws_session_token=a/',
      '0123456789abcdef',
      'abcdef0123456789abcdef0123456789.',
      '12345678:AA',
      '$6$a$',
      '$6$',
      '"d": "',
      'STS.a1',
      'token: &a',
      'token { get;',
      'token\n',
      'token value ',
      ' --a-token ',
      'token**  |',
      'SK',
      'sk=',
      '?password=a&',
      'ghp_a-',
      'LS0tLS1CRUdJTi',
      '://a:b@',
      'A1',
      'gitee_token=',
      'xoxb-',
      ':_authToken=',
      lower(97),
    ];
    for (const piece of hostile) {
      const text = (size: number): string => `${everyHint}\n${repeated(piece)(size)}`;
      assertLinear(findSecret, text, { size, name: JSON.stringify(piece) });
    }
  });
});

describe('names of files with secrets', () => {
  const secret = [
    ...'.env .env.local .env.production prod.env id_rsa id_ed25519 server.pem tls.key cert.p12 my.pfx app.keystore release.jks'.split(
      ' ',
    ),
    ...'.npmrc .netrc .pypirc credentials credentials.json .git-credentials secrets.yaml secrets.yml secret.json'.split(
      ' ',
    ),
    ...'client_secret.json client_secret_123-abc.json terraform.tfvars prod.tfstate service-account.json .htpasswd key.ppk'.split(
      ' ',
    ),
    ...'a/b/.env C/.ENV .aws/credentials .docker/config.json home/.kube/config AccessKey.csv server-default.pem x-dist.key'.split(
      ' ',
    ),
    ...'root.example.p12 client_sample.jks prod-template.tfvars staging-default.env secrets.default.json'.split(
      ' ',
    ),
    // What was typed.
    ...'.bash_history .zsh_history .python_history .node_repl_history .mysql_history .psql_history fish/fish_history'.split(
      ' ',
    ),
    ...'PSReadLine/ConsoleHost_history.txt .histfile .rediscli_history'.split(' '),
    // Copies.
    ...'id_rsa.bak id_rsa.old id_rsa~ id_rsa_backup prod.tfstate.backup terraform.tfstate.1690000000.backup .env.bak'.split(
      ' ',
    ),
    ...'server.key.orig .npmrc.save #id_rsa# .id_rsa.swp .git-credentials.tmp .bash_history.1 credentials.json.bak.2'.split(
      ' ',
    ),
    ...[
      'id_rsa copy',
      'id_rsa (1)',
      'passwords (2).txt',
      '.env copy 3',
      '密码 - 副本.txt',
      'secrets_old.yaml',
    ],
    // Lists that people keep, and keys under names of their own.
    ...'passwords.txt password.txt Passwords.xlsx my-passwords.docx passwd.txt api_keys.txt apikey.txt secret-key.txt'.split(
      ' ',
    ),
    ...'密码.txt 密码本.xlsx 服务器密码.md 账号密码.txt 口令.docx 私钥.txt 密钥.json 密碼.txt 助记词.txt'.split(
      ' ',
    ),
    ...'deploy_rsa github_ed25519 id_rsa_work id_ed25519.github ssh_host_ecdsa_key vault.kdbx user.keytab logins.json key4.db'.split(
      ' ',
    ),
    ...'.config/gh/hosts.yml .m2/settings.xml .vscode/sftp.json token.json prod.kubeconfig .terraformrc pgpass.conf etc/shadow'.split(
      ' ',
    ),
  ];
  const open = [
    ...'.env.example .env.sample .env.template .env.local.example .env.dist .env.defaults server.key.example .env.d.ts'.split(
      ' ',
    ),
    ...'environment.ts id_rsa.pub key.ts keys.ts secrets.ts secret-names.ts credentials.ts credentials.test.ts package.json'.split(
      ' ',
    ),
    ...'config.json docker/config.json tokens.css monkey.js keyboard.key.md secrets.example.yaml secrets.schema.json README.md'.split(
      ' ',
    ),
    ...'秘密.md password.ts passwordField.tsx forgot-password.html tokens.json token.go history.ts history.md login.txt'.split(
      ' ',
    ),
    ...'auth.json settings.xml hosts.yml index.ts.bak README.old.md 说明.txt 副本.txt rsa.go universal.txt key.json 密码学.pdf'.split(
      ' ',
    ),
  ];
  it('are held, as are copies of them', () => {
    assert.deepEqual(
      secret.filter((name) => !isSecretName(name)),
      [],
    );
  });

  it('are told from names that only sound so', () => {
    assert.deepEqual(open.filter(isSecretName), []);
    const files = Array.from(ordinaryFiles(ordinaryFolders), ({ file }) => file);
    const held = files.filter(isSecretName);
    assert.ok(held.length * 300 <= files.length, `${files.length} files: ${held.join(', ')}`);
  });

  it('are told in linear time', () => {
    for (const piece of ['a', 'a_', 'password', '.bak', ' copy', '密码', '(1)', '.env', '#', '~'])
      assertLinear(isSecretName, repeated(piece), { size: 64_000, name: piece });
  });
});
