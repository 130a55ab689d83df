/** Tells by a file's name whether it holds secrets. */

/** Formats that contain only keys; `harmless` does not apply to them. */
const keyFiles =
  /\.(pem|key|p12|pfx|pkcs12|pkcs8|keystore|jks|bks|ppk|p8|pvk|asc|gpg|kdbx?|keychain(-db)?|agilekeychain|opvault|1pif|keytab|ovpn|tfvars|tfstate|mobileprovision)$/;

const names = [
  // Environment files; `.env.example` and the like are templates, see `harmless`.
  /^\.env(rc|\..+)?$/,
  /^.+\.env$/,
  // SSH keys.
  /^([\w.-]+_)?(rsa|dsa|ecdsa|ed25519)(_sk|_key)?$/,
  /^id_(rsa|dsa|ecdsa|ed25519)([_.-][\w-]+)?$/,
  // Passwords of tools.
  /^\.(npmrc|netrc|pypirc|pgpass|my\.cnf|mylogin\.cnf|htpasswd|htdigest|git-credentials|dockercfg|s3cfg|boto|vault-token|terraformrc|databrickscfg|ftpconfig|pass(wd|words?)(-s3fs)?|esmtprc|msmtprc|fetchmailrc|smbcredentials|wgetrc|curlrc)$/,
  /^(_netrc|pgpass\.conf|htpasswd|rclone\.conf|passwd-s3fs|wallet\.dat|sitemanager\.xml|recentservers\.xml|sftp(-config)?\.json|settings-security\.xml|credentials\.tfrc\.json|accesstokens\.json|msal_token_cache\.(json|bin)|logins\.json|key[34]\.db|cookies\.(txt|sqlite)|login data)$/,
  // Command histories, which contain typed passwords.
  /^[._](bash|zsh|sh|ash|ksh|fish|python|node_repl|mysql|psql|sqlite|rediscli|irb|php|mongo|influx|duckdb|dbshell|julia)_?history$/,
  /^(\.histfile|\.history|fish_history|consolehost_history\.txt|\.dbshell|\.lesshst)$/,
  /^\.?credentials?(\.(json|ya?ml|toml|ini|properties|xml|db|csv|txt))?$/,
  /^(client_secrets?(_[\w.-]+)?|secrets?(\.[\w-]+)?)\.(json|ya?ml|toml|ini|properties|xml|txt|env|conf)$/,
  /^\.?secrets?$/,
  /^(service[-_]?account|google-services-key|gcp[-_]?key).*\.json$/,
  /^(accesskey|access_key|accesskeys|rootkey).*\.csv$/,
  /^application_default_credentials\.json$/,
  /^(kubeconfig|[\w.-]+\.kubeconfig|kubeconfig[._-][\w-]+)(\.ya?ml|\.json)?$/,
  // Lists of passwords and keys.
  /^[\w -]*(passwords?|passwds?|passphrases?|logins|(api|access|secret|private)[-_ ]?keys?|access[-_ ]?tokens?|2fa|recovery[-_ ]?codes?)([-_ ]?\d{1,4})?\.(txt|csv|tsv|xlsx?|docx?|rtf|ods|odt|numbers|pages|one)$/,
  /^(passwords|passwd|token|api[-_]?keys?)\.(json|ya?ml|ini)$/,
  /^\.?(passwords?|passwd|api[-_]?keys?|access[-_]?tokens?)$/,
  /(密码|密碼|口令|密钥|密鑰|金鑰|秘钥|私钥|私鑰|助记词|恢复码|(账号|帐号|账户|帳號).{0,4}密)[^/]{0,20}\.(txt|csv|tsv|xlsx?|docx?|rtf|ods|odt|et|wps|md|json|ya?ml|ini|numbers|pages)$/,
];

/** Files that hold passwords in folders of this name. */
const paths = [
  /(^|\/)\.docker\/config\.json$/,
  /(^|\/)\.kube\/config$/,
  /(^|\/)\.aliyun\/config\.json$/,
  /(^|\/)\.config\/(gh\/hosts\.ya?ml|hub)$/,
  /(^|\/)\.(composer|codex)\/auth\.json$/,
  /(^|\/)\.m2\/settings\.xml$/,
  /(^|\/)etc\/g?shadow-?$/,
];

/** `default` and `dist` mark templates at the end of a name only; before an extension the file may be in use. */
const harmless = /[._-](example|sample|template|schema)(\.\w{1,10})?$|\.(dist|defaults?)$|\.d\.ts$|\.pub$/;

/** Marks of a copy, at the end of a name or before its extension. */
const copyMark =
  /(?:\.(?:bak|bk|backup|old|orig|original|save|saved|copy|tmp|temp|sw[op]|prev|rej|\d{1,14})|~|[ ._-](?:bak|backup|old|copy)\d{0,8}| copy \d{1,3}| ?\(\d{1,3}\)|(?: -)? ?副本)(?=(?:\.\w{1,8})?$)/;
/** Marks of copies are removed at most so often: a copy of a copy. */
const mostCopies = 3;

/** `path` with `/`; most patterns apply to its last segment. A copy of a secret file counts as one. */
export function isSecretName(path: string): boolean {
  const whole = path.toLowerCase();
  const folder = whole.slice(0, whole.lastIndexOf('/') + 1);
  let name = whole.slice(folder.length);
  for (let copies = 0; copies <= mostCopies; copies++) {
    if (isSecret(name, folder)) return true;
    // Emacs and Vim also add a mark at the start: `#name#`, `.name.swp`.
    const original = name.replace(/^#(.*)#$|^\.(.*)\.sw[op]$/, '$1$2').replace(copyMark, '');
    if (original === name) return false;
    name = original;
  }
  return false;
}

function isSecret(name: string, folder: string): boolean {
  if (keyFiles.test(name)) return true;
  if (harmless.test(name)) return false;
  return names.some((pattern) => pattern.test(name)) || paths.some((pattern) => pattern.test(folder + name));
}
