/** What secrets look like in text, as their makers document them. */

export interface SecretShape {
  /** The kind of secret, as its makers call it. */
  what: string;
  /** Text without one of these, in lower case, is not searched; they make the search quick. */
  hints: readonly string[];
  /**
   * Every repetition has an upper end, and none stands in another: the time is linear in the text. The first group, or
   * the whole, is what must not be a placeholder.
   */
  pattern: RegExp;
  /** In bits per character: what is asked of the first group, for shapes that words may have as well. */
  entropy?: number;
}

/** Before and after what is a word of its own. */
const start = '(?<![A-Za-z0-9_-])';
const end = '(?![A-Za-z0-9_-])';
const word = (body: string): RegExp => new RegExp(`${start}(${body})${end}`, 'g');

/** Names of what is assigned, then a sign, then a value in the first group. */
const assigned = (name: string, value: string): RegExp =>
  new RegExp(
    `(?:${name})["']?[ \\t]{0,8}(?::=|=>|[:=])[ \\t]{0,8}["'\`]?(${value})(?![A-Za-z0-9+/_=-])`,
    'gi',
  );

export const secretShapes: readonly SecretShape[] = [
  {
    what: 'private key',
    hints: ['private key'],
    pattern:
      /-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\\rn]{0,8}([A-Za-z0-9+/=]{16})/g,
  },
  {
    what: 'PuTTY private key',
    hints: ['putty-user-key-file'],
    pattern: /PuTTY-User-Key-File-\d: [\w-]{3,40}/g,
  },
  {
    what: 'AWS access key',
    hints: ['akia', 'asia', 'abia', 'acca'],
    pattern: word('(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}'),
  },
  {
    what: 'AWS secret access key',
    hints: ['aws'],
    pattern: assigned('aws_?secret_?(?:access_?)?key', '[A-Za-z0-9/+]{40}'),
  },
  { what: 'Alibaba Cloud access key', hints: ['ltai'], pattern: word('LTAI[A-Za-z0-9]{12,26}') },
  {
    what: 'Alibaba Cloud access key secret',
    hints: ['access'],
    pattern: assigned('access_?key_?secret', '[A-Za-z0-9]{30}'),
    entropy: 3.5,
  },
  { what: 'Tencent Cloud secret id', hints: ['akid'], pattern: word('AKID[A-Za-z0-9]{32}') },
  {
    what: 'Baidu AI Cloud API key',
    hints: ['bce-v3/'],
    pattern: /(bce-v3\/ALTAK-[A-Za-z0-9]{8,40}\/[a-f0-9]{40})/g,
  },
  { what: 'Baidu AI Cloud access key', hints: ['altak'], pattern: word('ALTAK[A-Za-z0-9-]{16,40}') },
  {
    what: 'Baidu AI Cloud secret key',
    hints: ['baidu', 'bce', 'qianfan'],
    pattern: assigned(
      '(?:baidu|bce|qianfan)_?(?:ai_?)?(?:secret_?key|api_?key|access_?key|sk|ak)',
      '[A-Za-z0-9]{24,32}',
    ),
    entropy: 3,
  },
  { what: 'Volcengine access key', hints: ['aklt'], pattern: word('AKLT[A-Za-z0-9]{30,60}') },
  // Tokens of many makers begin so: OpenAI, DashScope (sk- and 32 hexadecimal digits), DeepSeek, Moonshot, Anthropic.
  {
    what: 'model platform API key',
    hints: ['sk-'],
    pattern: word('sk-(?:ant-|proj-|svcacct-|admin-|or-v1-|sp-)?[A-Za-z0-9_-]{20,200}'),
    entropy: 3,
  },
  {
    what: 'GitHub token',
    hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: word('gh[pousr]_[A-Za-z0-9]{36,255}'),
  },
  { what: 'GitHub token', hints: ['github_pat_'], pattern: word('github_pat_[A-Za-z0-9_]{60,100}') },
  {
    what: 'GitLab token',
    hints: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'gloas-'],
    pattern: word('gl(?:pat|dt|rt|ptt|oas)-[A-Za-z0-9_.-]{20,120}'),
  },
  {
    what: 'Gitee token',
    hints: ['gitee'],
    pattern: assigned('gitee_?(?:access_?|personal_?)?token', '[a-f0-9]{32}'),
  },
  {
    what: 'Slack token',
    hints: ['xox', 'xapp-'],
    pattern: word('(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{20,200}'),
  },
  {
    what: 'Slack webhook',
    hints: ['hooks.slack.com'],
    pattern: /hooks\.slack\.com\/services\/(T[A-Z0-9]{6,14}\/B[A-Z0-9]{6,14}\/[A-Za-z0-9]{20,30})/g,
  },
  {
    what: 'DingTalk webhook',
    hints: ['oapi.dingtalk.com'],
    pattern: /oapi\.dingtalk\.com\/robot\/send\?access_token=([a-f0-9]{64})/g,
  },
  {
    what: 'WeCom webhook',
    hints: ['qyapi.weixin.qq.com'],
    pattern: /qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=([a-f0-9-]{36})/g,
  },
  { what: 'Feishu webhook', hints: ['open-apis/bot'], pattern: /open-apis\/bot\/v2\/hook\/([a-f0-9-]{36})/g },
  { what: 'Google API key', hints: ['aiza'], pattern: word('AIza[A-Za-z0-9_-]{35}') },
  { what: 'Google OAuth secret', hints: ['gocspx-'], pattern: word('GOCSPX-[A-Za-z0-9_-]{28}') },
  { what: 'Hugging Face token', hints: ['hf_'], pattern: word('hf_[A-Za-z]{34}') },
  { what: 'npm token', hints: ['npm_'], pattern: word('npm_[A-Za-z0-9]{36}') },
  {
    what: 'npm token',
    hints: [':_authtoken', ':_password'],
    pattern: /:_(?:authToken|password)[ \t]{0,4}=[ \t]{0,4}"?([A-Za-z0-9+/=_-]{16,200})/g,
  },
  { what: 'PyPI token', hints: ['pypi-'], pattern: word('pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,400}') },
  {
    what: 'Stripe key',
    hints: ['sk_live_', 'rk_live_', 'sk_test_'],
    pattern: word('(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,120}'),
  },
  {
    what: 'SendGrid key',
    hints: ['sg.'],
    pattern: word(String.raw`SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}`),
  },
  { what: 'Azure storage key', hints: ['accountkey='], pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/gi },
  {
    what: 'JSON Web Token',
    hints: ['eyj'],
    pattern: word(String.raw`eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{20,1000}`),
  },
  {
    what: 'password in an address',
    hints: ['://'],
    pattern:
      /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/?#@"'<>]{0,100}:([^\s:/?#@"'<>]{3,200})@[\w.\-[\]]{1,200}/gi,
  },
  {
    what: 'password in a connection string',
    hints: ['password=', 'pwd='],
    pattern:
      /(?:server|data source|host|user id|uid|user)=[^;\r\n"']{1,100};(?:[^;\r\n"'=]{1,40}=[^;\r\n"']{0,100};){0,6}[ ]?(?:password|pwd)=([^;\r\n"'\s]{3,100})/gi,
  },
  {
    what: 'key or token',
    hints: ['key', 'token', 'secret', 'passw'],
    pattern: assigned(
      '(?:api|access|auth|secret|client|private|app|master|encryption|signing)[_.-]?(?:key|token|secret)|secret|token|passw(?:or)?d',
      '[A-Za-z0-9+/_=.~-]{20,200}',
    ),
    entropy: 3.6,
  },
  {
    what: 'token in an Authorization header',
    hints: ['authorization'],
    pattern:
      /authorization["']?[ \t]{0,4}[:=,][ \t]{0,4}["'`]?(?:bearer|basic|token)[ \t]{1,4}([A-Za-z0-9+/_=.~-]{20,2000})/gi,
    entropy: 3.2,
  },
];
