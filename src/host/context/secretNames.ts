/** Files that by their name hold secrets. */

/** Formats that hold keys and nothing else: no word in the name makes one of them harmless. */
const keyFiles =
  /\.(pem|key|p12|pfx|pkcs12|keystore|jks|ppk|p8|asc|gpg|kdbx|ovpn|tfvars|tfstate|mobileprovision)$/;

const names = [
  // Environment files; `.env.example` and the like are made to be shared, see `harmless`.
  /^\.env(rc|\..+)?$/,
  /^.+\.env$/,
  /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
  // Passwords of tools.
  /^\.(npmrc|netrc|pypirc|pgpass|my\.cnf|htpasswd|git-credentials|dockercfg|s3cfg|boto|vault-token)$/,
  /^_netrc$/,
  /^htpasswd$/,
  /^\.?credentials(\.(json|ya?ml|toml|ini|properties|xml|db|csv))?$/,
  /^(client_secrets?(_[\w.-]+)?|secrets?(\.[\w-]+)?)\.(json|ya?ml|toml|ini|properties|xml|txt|env|conf)$/,
  /^secrets?$/,
  /^(service[-_]?account|google-services-key|gcp[-_]?key).*\.json$/,
  /^(accesskey|access_key|accesskeys|rootkey).*\.csv$/,
  /^application_default_credentials\.json$/,
  /^kubeconfig$/,
];

/** Folders whose `config` holds passwords. */
const paths = [/(^|\/)\.docker\/config\.json$/, /(^|\/)\.kube\/config$/, /(^|\/)\.aliyun\/config\.json$/];

/** `default` and `dist` are templates at the end of a name; ahead of an ending they may be what is in use. */
const harmless = /[._-](example|sample|template|schema)(\.\w{1,10})?$|\.(dist|defaults?)$|\.d\.ts$|\.pub$/;

/** `path` with `/`; only its last part counts for most. */
export function isSecretName(path: string): boolean {
  const whole = path.toLowerCase();
  const name = whole.slice(whole.lastIndexOf('/') + 1);
  if (keyFiles.test(name)) return true;
  if (harmless.test(name)) return false;
  return names.some((pattern) => pattern.test(name)) || paths.some((pattern) => pattern.test(whole));
}
