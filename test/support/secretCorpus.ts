/**
 * Made-up secrets of every kind that people have in files, beside what `findSecret` should call them; and files that hold
 * none. They are made here, so that no scanner takes this file for a leak.
 */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface SampleSecret {
  what: string;
  /** As it stands in a file. */
  text: string;
}

const large = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const small = 'abcdefghijklmnopqrstuvwxyz';
const digit = '0123456789';

/** Random letters, the same for a seed in every run. */
export function createLetters(seed: number): (length: number, alphabet?: string) => string {
  let state = (seed * 7919 + 104_729) % 0x7fffffff;
  return (length, alphabet = large + small + digit) =>
    Array.from({ length }, () => {
      state = (state * 48_271) % 0x7fffffff;
      return alphabet[state % alphabet.length];
    }).join('');
}

/** One of each kind; another seed makes others of the same kinds. */
export function makeSecrets(seed: number): SampleSecret[] {
  const any = createLetters(seed);
  const hex = (length: number): string => any(length, `${digit}abcdef`);
  const upper = (length: number): string => any(length, `${large}234567`);
  const lower = (length: number): string => any(length, small);
  const number = (length: number): string => any(length, digit);
  const safe = (length: number): string => any(length, `${large}${small}${digit}_-`);
  const base64 = (length: number): string => any(length, `${large}${small}${digit}+/`);
  const uuid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const chosen = (): string => `${any(1, large)}${lower(4)}#${number(2)}${any(2)}!`;
  const begin = (kind: string): string => `-----BEGIN ${kind}PRIVATE ${'KEY'}`;
  const pairs: [what: string, text: string][] = [
    // Keys.
    ['private key', `${begin('RSA ')}-----\n${base64(64)}\n`],
    ['private key', `"key": "${begin('')}-----\\n${base64(64)}`],
    ['private key', `${begin('OPENSSH ')}-----\r\n${base64(64)}`],
    [
      'private key',
      `${begin('RSA ')}-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${upper(32)}\n\n${base64(64)}`,
    ],
    ['private key', `${begin('PGP ')} BLOCK-----\nVersion: GnuPG v2\n\n${base64(64)}`],
    ['private key', `const key =\n  '${begin('EC ')}-----\\n' +\n  '${base64(64)}\\n' +`],
    ['private key', `tls.key: |\n    ${begin('')}-----\n    ${base64(64)}`],
    ['private key', `{"kty":"EC","crv":"P-256","d":"${safe(43)}"}`],
    ['private key', `    client-key-data: ${base64(300)}`],
    ['private key', `key: ${Buffer.from(`${begin('RSA ')}-----\n${base64(64)}`).toString('base64')}`],
    ['PuTTY private key', 'PuTTY-User-Key-File-2: ssh-rsa'],
    ['age secret key', `AGE-SECRET-KEY-1${any(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L')}`],
    ['WireGuard key', `[Interface]\nPrivateKey = ${base64(43)}=`],
    // Platforms in China.
    ['Alibaba Cloud access key', `accessKeyId: LTAI5t${any(18)}`],
    ['Alibaba Cloud access key secret', `accessKeySecret: '${any(30)}'`],
    ['Alibaba Cloud temporary access key', `"AccessKeyId": "STS.N${any(24)}"`],
    ['Alibaba Cloud security token', `"SecurityToken": "CAIS${base64(400)}"`],
    ['Tencent Cloud secret id', `SecretId=AKID${any(32)}`],
    ['key or token', `TENCENTCLOUD_SECRET_KEY=${any(32)}`],
    ['Baidu AI Cloud API key', `bce-v3/ALTAK-${any(21)}/${hex(40)}`],
    ['Baidu AI Cloud access key', `ak = "ALTAK${any(22)}"`],
    ['Baidu AI Cloud secret key', `QIANFAN_SK=${hex(32)}`],
    ['secret key of a cloud', `HUAWEICLOUD_SDK_SK=${any(40)}`],
    ['secret key of a cloud', `.withSk("${any(40)}")`],
    ['secret key of a cloud', `obs:\n  ak: ${upper(20)}\n  sk: ${any(40)}`],
    ['Volcengine access key', `AKLT${any(43)}`],
    ['secret key of a cloud', `VOLC_SK=${any(58)}==`],
    ['key or token', `volc_secret_key: "${any(58)}=="`],
    ['Volcengine Ark API key', `ARK_API_KEY=${uuid()}`],
    ['Volcengine Ark API key', `export ARK_API_KEY="ark-${uuid()}-${lower(5)}"`],
    ['token in an Authorization header', `Authorization: Bearer ${uuid()}`],
    ['Zhipu API key', `client = ZhipuAI("${hex(32)}.${any(16)}")`],
    ['Zhipu API key', `ZHIPUAI_API_KEY=${hex(32)}.${any(16)}`],
    ['model platform API key', `DASHSCOPE_API_KEY=sk-${hex(32)}`],
    [
      'model platform API key',
      `client = OpenAI("sk-${lower(48)}", base_url="https://api.siliconflow.cn/v1")`,
    ],
    ['model platform API key', `MOONSHOT: "sk-${any(48)}"`],
    ['model platform API key', `{"text":"a\\nsk-${hex(32)}"}`],
    ['ModelScope token', `ms-${uuid()}`],
    ['key or token', `STEPFUN_API_KEY=${any(64)}`],
    ['key or token', `XUNFEI_API_SECRET="${any(32)}"`],
    ['key or token', `{"appid": "wx${hex(16)}", "appsecret": "${hex(32)}"}`],
    ['key or token', `{"appid": "wx${hex(16)}", "secret": "${hex(32)}"}`],
    ['key or token', `<appSecret>${hex(32)}</appSecret>`],
    ['key or token', `wechat.encodingAesKey=${any(43)}`],
    ['key or token', `"app_secret": "${any(32)}"`],
    ['DingTalk signing secret', `secret = 'SEC${hex(64)}'`],
    ['DingTalk webhook', `https://oapi.dingtalk.com/robot/send?access_token=${hex(64)}`],
    ['WeCom webhook', `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${uuid()}`],
    ['Feishu webhook', `https://open.feishu.cn/open-apis/bot/v2/hook/${uuid()}`],
    ['Gitee token', `gitee_token: ${hex(32)}`],
    ['Coze token', `pat_${any(64)}`],
    ['ServerChan key', `https://sctapi.ftqq.com/SCT${number(6)}T${any(26)}.send`],
    ['Dify API key', `app-${any(23)}7`],
    ['JSON Web Token', `MINIMAX_API_KEY=eyJ${safe(30)}.eyJ${safe(300)}.${safe(342)}`],
    // Model platforms.
    ['model platform API key', `sk-proj-${safe(74)}T3Blbk${'FJ'}${safe(74)}`],
    ['model platform API key', `ANTHROPIC_API_KEY=sk-ant-api03-${safe(93)}AA`],
    ['model platform API key', `sk-or-v1-${hex(64)}`],
    ['xAI API key', `xai-${any(80)}`],
    ['Groq API key', `gsk_${any(52)}`],
    ['NVIDIA API key', `nvapi-${safe(64)}`],
    ['Perplexity API key', `pplx-${any(48)}`],
    ['Replicate token', `r8_${any(37)}`],
    ['Hugging Face token', `hf_${any(34, large + small)}`],
    ['Tavily API key', `tvly-dev-${any(32)}`],
    ['Pinecone API key', `pcsk_${any(6)}_${any(63)}`],
    ['LangSmith API key', `lsv2_pt_${hex(32)}_${hex(10)}`],
    ['key or token', `COHERE_API_KEY=${any(40)}`],
    ['key or token', `MISTRAL_API_KEY="${any(32)}"`],
    ['FastGPT API key', `fastgpt-${any(39)}7`],
    ['ElevenLabs API key', `sk_${hex(48)}`],
    ['Fireworks API key', `fw_${any(22)}`],
    ['Together API key', `tgp_v1_${safe(43)}`],
    ['Jina API key', `jina_${hex(32)}${safe(28)}`],
    ['Firecrawl API key', `fc-${hex(32)}`],
    ['E2B API key', `e2b_${hex(40)}`],
    ['Amazon Bedrock API key', `ABSKQmVkcm9ja0FQSUtleS${base64(110)}`],
    ['Weights & Biases API key', `wandb_v1_${safe(70)}`],
    // Clouds.
    ['AWS access key', `aws_access_key_id = AKIA${upper(16)}`],
    ['AWS secret access key', `AWS_SECRET_ACCESS_KEY="${base64(40)}"`],
    ['key or token', `aws_session_token = ${base64(600)}`],
    ['Azure storage key', `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${base64(86)}==;`],
    ['Azure shared access signature', `?sv=2022-11-02&ss=b&se=2030-01-01&sig=${any(43)}%3D`],
    ['Azure client secret', `${any(3)}8Q~${any(34)}`],
    ['key or token', `AZURE_OPENAI_API_KEY=${hex(32)}`],
    ['key or token', `Endpoint=sb://a.servicebus.windows.net/;SharedAccessKey=${base64(43)}=`],
    ['Google API key', `AIza${safe(35)}`],
    ['Google OAuth secret', `GOCSPX-${safe(28)}`],
    ['Google OAuth token', `ya29.${safe(120)}`],
    ['DigitalOcean token', `dop_v1_${hex(64)}`],
    ['key or token', `HEROKU_API_KEY=${uuid()}`],
    ['Heroku API key', `HRKU-${safe(60)}`],
    ['key or token', `CLOUDFLARE_API_TOKEN=${safe(39)}7`],
    ['Databricks token', `dapi${hex(32)}`],
    ['Supabase token', `sbp_${hex(40)}`],
    ['Fly.io token', `fm2_${base64(200)}`],
    ['Netlify token', `nfp_${any(40)}`],
    ['Tailscale key', `tskey-auth-${any(12)}-${any(32)}`],
    ['Cloudflare origin CA key', `v1.0-${hex(24)}-${hex(146)}`],
    ['PlanetScale token', `pscale_tkn_${safe(43)}`],
    ['Neon API key', `napi_${any(64, small + digit)}`],
    ['OpenShift token', `sha256~${safe(43)}`],
    // Infrastructure.
    ['Vault token', `hvs.${safe(95)}`],
    ['Terraform Cloud token', `${any(14)}.atlasv1.${safe(67)}`],
    ['Pulumi token', `pul-${hex(40)}`],
    ['Doppler token', `dp.pt.${any(43)}`],
    ['1Password token', `ops_eyJ${base64(300)}`],
    ['1Password secret key', `A3-${upper(6)}-${upper(6)}-${[5, 5, 5, 5].map(upper).join('-')}`],
    ['Docker Hub token', `dckr_pat_${safe(27)}`],
    ['login of a registry', `{"auths": {"https://index.docker.io/v1/": {"auth": "${any(30)}7=="}}}`],
    // Code and packages.
    ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((kind): [string, string] => [
      'GitHub token',
      `${kind}_${any(36)}`,
    ]),
    ['GitHub token', `github_pat_${any(22)}_${any(59)}`],
    ['GitLab token', `glpat-${safe(20)}`],
    ['GitLab token', `glrt-${safe(20)}`],
    ['Bitbucket token', `ATBB${any(32)}`],
    ['Atlassian token', `ATATT3x${safe(180)}=${hex(8).toUpperCase()}`],
    ['npm token', `npm_${any(36)}`],
    ['npm token', `//registry.example.org/:_authToken=${hex(36)}`],
    ['PyPI token', `pypi-AgEIcHlwaS5vcmc${safe(150)}`],
    ['RubyGems token', `rubygems_${hex(48)}`],
    ['NuGet API key', `oy2${any(43, small + digit)}`],
    ['CircleCI token', `CCIPAT_${any(22)}_${hex(40)}`],
    ['Buildkite token', `bkua_${hex(40)}`],
    ['Render API key', `rnd_${any(32)}`],
    ['SonarQube token', `sqp_${hex(40)}`],
    ['Postman API key', `PMAK-${hex(24)}-${hex(34)}`],
    ['key or token', `CODECOV_TOKEN: ${uuid()}`],
    ['key or token', `SNYK_TOKEN=${uuid()}`],
    ['crates.io token', `cio${any(31)}7`],
    ['Clojars token', `CLOJARS_${hex(60)}`],
    ['JFrog token', `AKCp${any(69)}`],
    ['Sourcegraph token', `sgp_${hex(16)}_${hex(40)}`],
    ['Octopus Deploy API key', `API-${upper(26)}`],
    // Messages, payments, services.
    ['Slack token', `xoxb-${number(12)}-${number(12)}-${any(24)}`],
    ['Slack webhook', `https://hooks.slack.com/services/T${upper(8)}/B${upper(8)}/${any(24)}`],
    ['Telegram bot token', `bot = TelegramBot("${number(10)}:AA${safe(33)}")`],
    ['Discord bot token', `discord.login('M${any(25)}.${any(6)}.${safe(38)}')`],
    ['Discord webhook', `https://discord.com/api/webhooks/${number(19)}/${safe(68)}`],
    [
      'Microsoft Teams webhook',
      `https://a.webhook.office.com/webhookb2/${uuid()}@${uuid()}/IncomingWebhook/${hex(32)}/${uuid()}`,
    ],
    ['SendGrid key', `SG.${safe(22)}.${safe(43)}`],
    ['Mailgun API key', `key-${hex(32)}`],
    ['Mailgun API key', `mailgun: ${hex(32)}-${hex(8)}-${hex(8)}`],
    ['Mailchimp API key', `${hex(32)}-us12`],
    ['Brevo API key', `xkeysib-${hex(64)}-${any(16)}`],
    ['Twilio API key', `SK${hex(32)}`],
    ['key or token', `TWILIO_AUTH_TOKEN=${hex(32)}`],
    ['Stripe key', `sk_${'live'}_${any(24)}`],
    ['Stripe webhook secret', `whsec_${any(32)}`],
    ['Square token', `sq0atp-${safe(22)}`],
    ['Shopify token', `shpat_${hex(32)}`],
    ['Airtable token', `pat${any(14)}.${hex(64)}`],
    ['Linear API key', `lin_api_${any(40)}`],
    ['Notion token', `ntn_${number(11)}${any(35)}`],
    ['Figma token', `figd_${safe(40)}`],
    ['Sentry token', `sntrys_eyJ${base64(120)}_${base64(43)}`],
    ['Sentry token', `sntryu_${hex(64)}`],
    ['Grafana token', `glsa_${any(32)}_${hex(8)}`],
    ['New Relic key', `NRAK-${upper(27)}`],
    ['Dynatrace token', `dt0c01.${upper(24)}.${upper(64)}`],
    ['key or token', `DD_API_KEY=${hex(32)}`],
    ['key or token', `datadog.app_key: ${hex(40)}`],
    ['PostHog key', `phx_${any(43)}`],
    ['PayPal token', `access_token$production$${hex(16)}$${hex(32)}`],
    ['Shippo token', `shippo_live_${hex(40)}`],
    ['EasyPost API key', `EZAK${any(54)}`],
    ['Typeform token', `tfp_${safe(59)}`],
    ['Contentful token', `CFPAT-${safe(43)}`],
    ['LaunchDarkly key', `sdk-${uuid()}`],
    ['Mapbox secret token', `sk.eyJ${safe(80)}.${safe(22)}`],
    ['Facebook token', `EAAC${any(160)}`],
    ['Firebase server key', `AAAA${safe(7)}:APA91b${safe(134)}`],
    ['JSON Web Token', `eyJ${safe(30)}.eyJ${safe(60)}.${safe(43)}`],
    // Passwords, by what stands around them.
    ['password in an address', `DATABASE_URL=postgres://app:${any(8)}@db.internal:5432/shop`],
    ['password in an address', `redis://:${any(10)}@10.0.0.5:6379`],
    ['password in an address', `https://deploy:${any(20)}@git.internal/app.git`],
    ['password in an address', `jdbc:mysql://db:3306/shop?user=root&password=${chosen()}`],
    ['password in a connection string', `Server=db;Database=shop;User Id=app;Password=${any(8)};`],
    ['password of a login', `machine api.internal login app password ${any(12)}`],
    ['password of a login', `machine api.internal\n  login app\n  password ${any(12)}`],
    ['password of a database', `db.internal:5432:shop:app:${any(12)}`],
    ['password in a command', `curl -s -u admin:${chosen()} https://api.internal/v1`],
    ['password in a command', `mysqldump -h db -u root -p${chosen()} shop`],
    ['password in a command', `sshpass -p '${chosen()}' ssh root@10.0.0.1`],
    ['password', `spring.datasource.password=${chosen()}`],
    ['password', `database:\n  password: ${chosen()}\n`],
    ['password', `DB_PASSWORD="${chosen()}"`],
    ['password', `'password' => '${chosen()}',`],
    ['password', `<add key="ClearTextPassword" value="${chosen()}" />`],
    ['password', `服务器密码：${chosen()}`],
    ['password', `PGPASSWORD=${chosen()} psql -h db`],
    ['password', `define('DB_PASSWORD', '${chosen()}');`],
    ['password in a command', `requirepass ${chosen()}`],
    ['password', `SECRET_KEY = 'django-insecure-${lower(20)}(${upper(10)}7$${lower(10)}'`],
    ['key or token', `AZURE_DEVOPS_PAT=${any(51, `${small}234567`)}7`],
    ['key or token', `secret_key_base: ${hex(128)}`],
    ['key or token', `APP_KEY=base64:${base64(43)}=`],
    ['secret key of a cloud', `new BasicCredentials("${upper(20)}", "${any(40)}")`],
    ['secret key of a cloud', `华为云 SK ${any(40)}`],
    ['Telegram bot token', `https://api.telegram.org/bot${number(10)}:AA${safe(33)}/sendMessage`],
    ['password hash', `admin:$2y$10$${any(53)}`],
    ['password hash', `root:$6$${any(16)}$${any(86)}:19000:0:99999:7:::`],
    ['key or token', `const apiKey = '${any(32)}';`],
    ['key or token', `"client_secret": "${any(40)}"`],
    ['key or token', `os.environ["INTERNAL_API_KEY"] = "${any(32)}"`],
    ['key or token', `client.setApiKey("${any(40)}");`],
    // However names and values are joined.
    ['key or token', `appSecret：${hex(32)}`],
    ['key or token', `const API_KEY: &str = "${any(32)}";`],
    ['key or token', `private apiKey: string = '${any(32)}';`],
    ['key or token', `public string ApiKey { get; set; } = "${any(32)}";`],
    ['key or token', `<add key="ApiKey" value="${any(32)}" />`],
    ['key or token', `env:\n  - name: API_TOKEN\n    value: ${any(32)}`],
    ['key or token', `{"name": "API_TOKEN", "value": "${any(32)}"}`],
    ['key or token', `| api_key | ${any(32)} |`],
    ['key or token', `**Access token**: \`${any(32)}\``],
    ['key or token', `process.env.API_KEY || '${any(32)}'`],
    ['key or token', `tool deploy --token ${any(32)}`],
    ['key or token', `FROM node\nENV API_KEY ${any(32)}`],
    ['key or token', `AZURE_OPENAI_KEY=${any(84)}`],
    ['Baidu AI Cloud secret key', `BAIDU_MAP_AK=${any(32)}`],
    ['password', `private password: string = '${chosen()}';`],
    ['password', `- name: DB_PASSWORD\n  value: "${chosen()}"`],
    ['token in an Authorization header', `curl -H "Authorization: Bearer ${any(40)}" https://x`],
    ['token in an Authorization header', `Authorization: Basic ${any(27)}7==`],
  ];
  return pairs.map(([what, text]) => ({ what, text }));
}

const ordinaryName =
  /(?:\.(?:[cm]?[jt]sx?|json|md|css|html|ya?ml|txt|py|sh|svg|xml|lock|toml|map|ini|c|h|cc|cpp)|^[A-Z]+|rc)$/;
const largestFile = 1_000_000;

/** Text files below the folders, without links and Git's own. `every`: takes one of so many. */
export function* ordinaryFiles(
  folders: readonly string[],
  every = 1,
): Generator<{ file: string; text: string }> {
  let seen = 0;
  for (const folder of folders) {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== '.git') yield* ordinaryFiles([file], every);
      if (!entry.isFile() || !ordinaryName.test(entry.name) || seen++ % every !== 0) continue;
      const text = readFileSync(file, 'utf8');
      if (text.length <= largestFile) yield { file, text };
    }
  }
}
