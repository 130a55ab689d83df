/** Patterns of secrets that are recognized by their context: a name, an address, a header, the frame of a key. */

export interface SecretShape {
  /** The kind of secret, in its vendor's words. */
  what: string;
  /** Lower case; text without any of them is not searched, for speed. */
  hints: readonly string[];
  /**
   * Every repetition has an upper bound and none is nested, so that the time is linear in the text. The first group, or
   * the whole match, is the value that must not be a placeholder.
   */
  pattern: RegExp;
  /** Minimum entropy of the first group in bits per character, for shapes that words may have as well. */
  entropy?: number;
  /** For chosen passwords: how many of small letters, capitals, digits and signs the first group needs, and a digit. */
  letterKinds?: number;
}

const quote = '\\\\?["\'`]';
/** A sign of assignment, perhaps after a type or accessors; also a Chinese colon, a table's column, or `??`. */
const equals = `(?:\\??:[ ]{0,2}(?:&'static |&)?[A-Za-z]{2,20}[ ]{0,2}=|[ ]\\{[ ]?get;[^}\r\n]{0,20}\\}[ ]=|:=|=>|\\|{1,2}|\\?\\?|[:=>：])`;
/** Between a name and its value: brackets around the name, bold letters, arguments, lists of pairs, flags of a command. */
const sign = `(?:${[
  `(?:${quote})?\\]?\\*{0,2}[ \\t]{0,8}${equals}\\*{0,2}[ \\t]{0,8}(?:${quote})?`,
  `(?:\\(|${quote},)[ \\t]{0,4}${quote}`,
  `(?:${quote})?,?\\s{0,20}(?:${quote})?value(?:${quote})?[ \\t]{0,4}[:=][ \\t]{0,4}(?:${quote})?`,
  `(?<=[ \\t]--[\\w-]{1,40}|\\nENV \\w{1,40})[ \\t]{1,4}(?:${quote})?`,
].join('|')})`;

/** Matches a separate word. */
const word = (body: string): RegExp => new RegExp(`(?<![A-Za-z0-9_-])(${body})(?![A-Za-z0-9_-])`, 'g');

/** Matches a name and the assigned value; the value is the first group. */
const assigned = (name: string, value: string, flags = 'gi'): RegExp =>
  new RegExp(`(?:${name})${sign}(${value})(?![A-Za-z0-9+/_=-])`, flags);

const blanks = '[ \\t]{0,8}';
const passwordNames = 'passw(?:or)?d|passwort|passphrase|pass|pwd|secret(?:[_-]?key)?';
const uuid = '[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}';

export const secretShapes: readonly SecretShape[] = [
  {
    what: 'private key',
    hints: ['private key'],
    // Some lines of a header may stand before the key; in code, its lines are strings.
    pattern:
      /-----? ?BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)? ?-----?(?:(?:\\[rn]|[\s'"+,`]){1,40}[A-Za-z-]{3,20}: [^\r\n\\]{1,100}(?=[\r\n\\])){0,4}(?:\\[rn]|[\s'"+,`]){0,60}([A-Za-z0-9+/=]{16})/g,
  },
  {
    what: 'private key',
    hints: ['"kty"'],
    pattern: /"d"[ \t\r\n]{0,8}:[ \t\r\n]{0,8}"([A-Za-z0-9_-]{40,1000})"/g,
  },
  {
    what: 'private key',
    hints: ['client-key-data'],
    pattern: /client-key-data"?:[ \t]{0,8}"?([A-Za-z0-9+/=]{40})/g,
  },
  {
    what: 'PuTTY private key',
    hints: ['putty-user-key-file'],
    pattern: /PuTTY-User-Key-File-\d: [\w-]{3,40}/g,
  },
  {
    what: 'Azure client secret',
    hints: ['q~'],
    pattern: word('[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}'),
  },
  {
    what: 'Terraform Cloud token',
    hints: ['.atlasv1.'],
    pattern: /(?<=(?<![A-Za-z0-9_-])[A-Za-z0-9]{14})\.atlasv1\.([A-Za-z0-9_-]{60,70})(?![A-Za-z0-9_-])/g,
  },
  {
    what: 'Telegram bot token',
    hints: [':aa'],
    pattern: /(?<=(?<![A-Za-z0-9_-])(?:bot)?\d{8,10}):AA([A-Za-z0-9_-]{32,33})(?![A-Za-z0-9_-])/g,
  },
  {
    what: 'Discord bot token',
    hints: ['discord', 'bot'],
    pattern: word('[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}'),
  },
  {
    what: 'AWS secret access key',
    hints: ['aws'],
    pattern: assigned('aws_?secret_?(?:access_?)?key', '[A-Za-z0-9/+]{40}'),
  },
  {
    what: 'Alibaba Cloud access key secret',
    hints: ['access'],
    pattern: assigned('access_?key_?secret', '[A-Za-z0-9]{30}'),
    entropy: 3.5,
  },
  {
    what: 'Baidu AI Cloud secret key',
    hints: ['baidu', 'bce', 'qianfan'],
    pattern: assigned(
      '(?:baidu|bce|qianfan)_?(?:ai_?|map_?)?(?:secret_?key|api_?key|access_?key|sk|ak)',
      '[A-Za-z0-9]{24,32}',
    ),
    entropy: 3,
  },
  {
    // Huawei Cloud, Volcengine, Qiniu and others call it SK.
    what: 'secret key of a cloud',
    hints: ['sk'],
    pattern: new RegExp(
      `(?:(?<![A-Za-z])(?:sk|SK)|(?<=[a-z])Sk)(?:${sign}|[ \\t]{1,4})([A-Za-z0-9+/_-]{30,80}={0,2})(?![A-Za-z0-9+/_=-])`,
      'g',
    ),
    entropy: 3.6,
  },
  {
    what: 'secret key of a cloud',
    hints: ['"', "'"],
    // Two arguments: the access key, and the secret key.
    pattern: /["'][A-Z0-9]{20}["'], ?["']([A-Za-z0-9+/]{40})["']/g,
    entropy: 3.6,
  },
  {
    what: 'Volcengine Ark API key',
    hints: ['ark', 'volc', 'doubao'],
    pattern: assigned('(?:ark|volc(?:engine|ano)?|doubao)[_.-]?(?:api[_.-]?)?(?:key|token)', uuid),
  },
  {
    what: 'Gitee token',
    hints: ['gitee'],
    pattern: assigned('gitee_?(?:access_?|personal_?)?token', '[a-f0-9]{32}'),
  },
  {
    what: 'Slack webhook',
    hints: ['hooks.slack.com'],
    pattern:
      /hooks\.slack\.com\/(?:services|workflows|triggers)\/([A-Z0-9]{6,14}\/[A-Z0-9]{6,20}\/[A-Za-z0-9/]{20,60})/g,
  },
  {
    what: 'Discord webhook',
    hints: ['api/webhooks/'],
    pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{15,22}\/([A-Za-z0-9_-]{50,80})/g,
  },
  {
    what: 'Microsoft Teams webhook',
    hints: ['incomingwebhook'],
    pattern: /\/IncomingWebhook\/([a-f0-9]{32}\/[a-f0-9-]{36})/g,
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
  {
    what: 'Feishu webhook',
    hints: ['open-apis/bot'],
    pattern: /open-apis\/bot\/(?:v2\/)?hook\/([a-f0-9-]{32,36})/g,
  },
  {
    what: 'npm token',
    hints: [':_authtoken', ':_password', '_auth'],
    pattern: /(?::_authToken|:_password|^_auth)[ \t]{0,4}=[ \t]{0,4}"?([A-Za-z0-9+/=_-]{16,200})/gm,
  },
  { what: 'Azure storage key', hints: ['accountkey='], pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/gi },
  {
    what: 'Azure shared access signature',
    hints: ['sig='],
    pattern: /[?&;]sig=([A-Za-z0-9%+/]{40,120}(?:%3D|=))/gi,
  },
  {
    what: 'WireGuard key',
    hints: ['privatekey', 'presharedkey'],
    pattern: /(?:PrivateKey|PresharedKey)[ \t]{0,4}=[ \t]{0,4}([A-Za-z0-9+/]{43}=)/g,
  },
  {
    what: 'login of a registry',
    hints: ['"auth"'],
    pattern: /"auth"[ \t]{0,4}:[ \t\r\n]{0,8}"([A-Za-z0-9+/]{12,400}={0,2})"/g,
    entropy: 3,
  },
  {
    what: 'password hash',
    hints: ['$'],
    pattern:
      /\$((?:2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}|apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|[156y]\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9$]{1,40}\$[./A-Za-z0-9]{22,86}))/g,
  },
  {
    what: 'password in an address',
    hints: ['://'],
    pattern:
      /(?<=[a-z][a-z0-9+.-]{1,30}):\/\/[^\s:/?#@"'<>]{0,100}:([^\s:/?#@"'<>]{3,200})@[\w.\-[\]]{1,200}/gi,
  },
  {
    what: 'password in an address',
    hints: ['password=', 'passwd=', 'pwd='],
    pattern: /[?&](?:password|passwd|pwd)=([^\s&"'<>;${}()]{6,100})/gi,
    letterKinds: 2,
  },
  {
    what: 'password in a connection string',
    hints: ['password=', 'pwd='],
    pattern:
      /(?:server|data source|host|user id|uid|user)=[^;\r\n"']{1,100};(?:[^;\r\n"'=]{1,40}=[^;\r\n"']{0,100};){0,6}[ ]?(?:password|pwd)=([^;\r\n"'\s]{3,100})/gi,
  },
  {
    what: 'password of a login',
    hints: ['machine'],
    pattern: /machine\s{1,8}\S{1,100}\s{1,8}login\s{1,8}\S{1,100}\s{1,8}password\s{1,8}(\S{3,200})/g,
  },
  {
    what: 'password of a database',
    hints: [':543', ':6432', ':*:'],
    pattern: /^[\w.*-]{1,100}:(?:543\d|6432|\*):[\w.*-]{1,60}:[\w.*-]{1,60}:([^\s:]{4,100})[ \t\r]{0,4}$/gm,
  },
  {
    what: 'password in a command',
    hints: ['curl', 'wget', 'mysql', 'sshpass', 'docker login', 'redis-cli', 'requirepass', 'masterauth'],
    pattern:
      /(?:\bcurl\b[^\r\n]{0,200}?[ \t](?:-u|--user)[ =]["']?[\w.@%+-]{1,60}:|\bsshpass[ \t]{1,4}-p[ \t]{0,4}["']?|\bmysql(?:dump|admin)?\b[^\r\n]{0,200}?[ \t](?:-p|--password=)["']?|\bwget\b[^\r\n]{0,200}?--(?:http-)?password[ =]["']?|\bdocker login\b[^\r\n]{0,200}?[ \t](?:-p|--password)[ =]["']?|\bredis-cli\b[^\r\n]{0,200}?[ \t]-a[ \t]["']?|\b(?:requirepass|masterauth)[ \t]{1,4}["']?)([^\s"'$<>{}()]{6,100})/g,
    letterKinds: 2,
  },
  {
    what: 'key or token',
    hints: ['key', 'token', 'secret', 'passw', '_pat', '-pat'],
    // What is longer is cut, so that the search goes on behind it.
    pattern: new RegExp(
      `(?:(?:api|access|auth|secret|client|private|app|admin|partner|master|encryption|signing|subscription|session|security|aes|mch|apiv3|jwt|hmac|shared|deploy|amap|openai|dashscope|deepseek|moonshot|zhipu|qwen)[_.-]?(?:key|token|secret)(?:_base)?|secret|token|[_-]pat|passw(?:or)?d)${sign}(?:base64:)?([A-Za-z0-9+/_=.~-]{200}|[A-Za-z0-9+/_=.~-]{20,199}(?![A-Za-z0-9+/_=-]))`,
      'gi',
    ),
    entropy: 3.6,
  },
  {
    what: 'password',
    hints: ['pass', 'pwd', 'secret'],
    pattern: new RegExp(`(?:${passwordNames})${sign}(?<=${quote})([^\\s"'\`\\\\]{8,100})${quote}`, 'gi'),
    letterKinds: 3,
  },
  {
    // In settings, where a line is a name and its value.
    what: 'password',
    hints: ['pass', 'pwd', 'secret'],
    pattern: new RegExp(
      `^[ \\t-]{0,40}(?:export[ \\t])?[\\w.-]{0,60}(?:${passwordNames})${blanks}[:=]${blanks}([^\\s"'\`<>{}$()[\\],;]{8,100})[ \\t\\r]{0,4}$`,
      'gim',
    ),
    letterKinds: 3,
  },
  {
    // In a shell, ahead of a command.
    what: 'password',
    hints: ['pass=', 'passwd=', 'password=', 'pwd=', 'secret='],
    pattern:
      /(?<![A-Za-z0-9_])[A-Z][A-Z0-9_]{0,40}(?:PASSWORD|PASSWD|PASS|PWD|SECRET)=([^\s"'`<>{}$()[\],;&|]{8,100})/g,
    letterKinds: 3,
  },
  {
    what: 'password',
    hints: ['define('],
    pattern: /define\([ ]?'[A-Z_]{0,30}(?:KEY|SALT|PASSWORD)',[ ]{0,8}'([^'\r\n]{8,100})'/g,
    letterKinds: 3,
  },
  {
    what: 'password',
    hints: ['value="'],
    pattern: /key="(?:ClearText)?Password"\s{1,8}value="([^"$%]{6,200})"/g,
  },
  {
    what: 'password',
    hints: ['密码', '密碼', '口令', '密钥', '秘钥'],
    pattern: /(?:密码|密碼|口令|密钥|秘钥)[^\S\r\n]{0,4}[:：=是为]?[^\S\r\n]{0,4}["'`“「]?([!-~]{8,100})/g,
    letterKinds: 3,
  },
  {
    what: 'token in an Authorization header',
    hints: ['authorization', 'bearer'],
    pattern:
      /(?:authorization\\?["']?[ \t]{0,4}[:=,][ \t]{0,4}\\?["'`]?(?:basic|token|ssws|apikey|key)|\bbearer)[ \t]{1,4}([A-Za-z0-9+/_=.~:-]{20,2000})/gi,
    entropy: 3.2,
  },
];
