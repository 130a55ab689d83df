import assert from 'node:assert/strict';
import { findSecret } from '../../../src/host/context/findSecret.ts';
import { isSecretName } from '../../../src/host/context/secretNames.ts';
import { secretShapes } from '../../../src/host/context/secretShapes.ts';

/** Made here, so that no scanner takes this file for a leak; the same in every run. */
function random(
  length: number,
  alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
): string {
  let state = length * 7919 + alphabet.length;
  return Array.from({ length }, () => {
    state = (state * 48271) % 0x7fffffff;
    return alphabet[state % alphabet.length];
  }).join('');
}
const hex = (length: number): string => random(length, '0123456789abcdef');
const upper = (length: number): string => random(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
const letters = (length: number): string => random(length, 'abcdefghijklmnopqrstuvwxyz');

const secrets: [what: string, text: string][] = [
  ['private key', `-----BEGIN RSA ${'PRIVATE'} KEY-----\n${random(64)}\n`],
  ['private key', `"key": "-----BEGIN ${'PRIVATE'} KEY-----\\n${random(64)}`],
  ['private key', `-----BEGIN OPENSSH ${'PRIVATE'} KEY-----\r\n${random(64)}`],
  ['PuTTY private key', 'PuTTY-User-Key-File-2: ssh-rsa'],
  ['AWS access key', `aws_access_key_id = AKIA${upper(16)}`],
  ['AWS secret access key', `AWS_SECRET_ACCESS_KEY="${random(40)}"`],
  ['Alibaba Cloud access key', `accessKeyId: LTAI5t${random(18)}`],
  ['Alibaba Cloud access key secret', `accessKeySecret: '${random(30)}'`],
  ['Tencent Cloud secret id', `SecretId=AKID${random(32)}`],
  ['Baidu AI Cloud API key', `bce-v3/ALTAK-${random(21)}/${hex(40)}`],
  ['Baidu AI Cloud access key', `ak = "ALTAK${random(22)}"`],
  ['Baidu AI Cloud secret key', `QIANFAN_SK=${hex(32)}`],
  ['Volcengine access key', `AKLT${random(43)}`],
  ['model platform API key', `DASHSCOPE_API_KEY=sk-${hex(32)}`],
  ['model platform API key', `sk-proj-${random(80)}`],
  ['GitHub token', `ghp_${random(36)}`],
  ['GitHub token', `github_pat_${random(82)}`],
  ['GitLab token', `glpat-${random(20)}`],
  ['Gitee token', `gitee_token: ${hex(32)}`],
  ['Slack token', `xoxb-${random(12, '0123456789')}-${random(24)}`],
  ['Slack webhook', `https://hooks.slack.com/services/T${upper(8)}/B${upper(8)}/${random(24)}`],
  ['DingTalk webhook', `https://oapi.dingtalk.com/robot/send?access_token=${hex(64)}`],
  [
    'WeCom webhook',
    `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
  ],
  [
    'Feishu webhook',
    `https://open.feishu.cn/open-apis/bot/v2/hook/${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
  ],
  ['Google API key', `AIza${random(35)}`],
  ['Google OAuth secret', `GOCSPX-${random(28)}`],
  ['Hugging Face token', `hf_${random(34, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')}`],
  ['npm token', `npm_${random(36)}`],
  ['npm token', `//registry.example.org/:_authToken=${hex(36)}`],
  ['PyPI token', `pypi-AgEIcHlwaS5vcmc${random(70)}`],
  ['Stripe key', `sk_${'live'}_${random(24)}`],
  ['SendGrid key', `SG.${random(22)}.${random(43)}`],
  ['Azure storage key', `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${random(86)}==;`],
  ['JSON Web Token', `eyJ${random(30)}.eyJ${random(60)}.${random(43)}`],
  ['password in an address', 'DATABASE_URL=postgres://app:h7Gk2pQ9@db.internal:5432/shop'],
  ['password in an address', 'redis://:s3cr3tPa55@10.0.0.5:6379'],
  ['password in a connection string', 'Server=db;Database=shop;User Id=app;Password=h7Gk2pQ9;'],
  ['key or token', `const apiKey = '${random(32)}';`],
  ['key or token', `"client_secret": "${random(40)}"`],
  ['key or token', `PASSWORD=${random(24)}`],
  ['token in an Authorization header', `curl -H "Authorization: Bearer ${random(40)}" https://x`],
];

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
  `data:image/png;base64,${random(400)}`,
];

describe('secrets in text', () => {
  for (const [what, text] of secrets) {
    it(`finds a ${what}: ${text.slice(0, 14)}…`, () => {
      assert.equal(findSecret(text), what);
      assert.equal(findSecret(`before\n  ${text}\nafter`), what);
    });
  }

  it('knows an example of every shape', () => {
    const tested = new Set(secrets.map(([what]) => what));
    assert.deepEqual(
      secretShapes.filter(({ what }) => !tested.has(what)).map(({ what }) => what),
      [],
    );
  });

  for (const text of harmless) {
    it(`lets pass: ${text.slice(0, 50)}`, () => assert.equal(findSecret(text), undefined));
  }

  it('finds the second when the first is only a placeholder', () => {
    assert.equal(findSecret(`sk-xxxxxxxxxxxxxxxxxxxxxxxx sk-${hex(32)}`), 'model platform API key');
  });

  it('takes no more than linear time, whatever the text', () => {
    const size = 1024 * 1024;
    const fill = (piece: string): string => piece.repeat(Math.ceil(size / piece.length));
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
      'A1',
      'gitee_token=',
      'xoxb-',
      ':_authToken=',
      letters(97),
    ];
    for (const piece of hostile) {
      const text = `${everyHint}\n${fill(piece)}`;
      const begin = process.cpuUsage();
      findSecret(text);
      const { user, system } = process.cpuUsage(begin);
      // Quadratic time would be minutes.
      assert.ok(user + system < 3_000_000, `${JSON.stringify(piece)}: ${(user + system) / 1000} ms`);
    }
  }).timeout(120_000);
});

describe('names of files with secrets', () => {
  const secret =
    '.env .env.local .env.production prod.env id_rsa id_ed25519 server.pem tls.key cert.p12 my.pfx app.keystore release.jks .npmrc .netrc .pypirc credentials credentials.json .git-credentials secrets.yaml secrets.yml secret.json client_secret.json client_secret_123-abc.json terraform.tfvars prod.tfstate service-account.json .htpasswd key.ppk a/b/.env C/.ENV .aws/credentials .docker/config.json home/.kube/config AccessKey.csv server-default.pem x-dist.key root.example.p12 client_sample.jks prod-template.tfvars staging-default.env secrets.default.json';
  const open =
    '.env.example .env.sample .env.template .env.local.example .env.dist .env.defaults server.key.example .env.d.ts environment.ts id_rsa.pub key.ts keys.ts secrets.ts secret-names.ts credentials.ts credentials.test.ts package.json config.json docker/config.json tokens.css monkey.js keyboard.key.md secrets.example.yaml secrets.schema.json README.md 秘密.md';
  for (const name of secret.split(' ')) it(`holds ${name}`, () => assert.equal(isSecretName(name), true));
  for (const name of open.split(' ')) it(`lets pass ${name}`, () => assert.equal(isSecretName(name), false));
});
