/** Writes cURL snippets for a POSIX shell, as in the vendors' HTTP documentation. */

import { headersOf, type SnippetRequest, type SnippetWriter } from '../../providers/common/snippetRequest.ts';
import { quoteForShell } from './literals.ts';
import { writeOpening } from './opening.ts';
import { writeValue } from './values.ts';

export const writeCurl: SnippetWriter = (request, comments) => {
  const { auth, url, streaming } = request;
  const options = [
    streaming && '--no-buffer',
    auth === 'bearer' && `--header "Authorization: Bearer $${request.keyVariable}"`,
    auth === 'iam' && '--header "Authorization: $PREFIX/host;x-bce-date/$SIGNATURE"',
    auth === 'iam' && '--header "x-bce-date: $TIMESTAMP"',
    "--header 'Content-Type: application/json'",
    request.protocol === 'dashscope' && streaming && "--header 'X-DashScope-SSE: enable'",
    ...headersOf(request).map(
      ({ name, value, variable }) =>
        `--header ${quoteForShell(`${name}: ${value}`)}${variable ? `"$${variable}"` : ''}`,
    ),
  ].filter((option) => typeof option === 'string');
  const address =
    quoteForShell(url) +
    (auth === 'oauth' || auth === 'access-token' ? `"?access_token=$${tokenVariable(request)}"` : '');
  const command = [`curl ${address}`, ...options, dataOption(writeValue(request.body, 'json'))].join(
    ' \\\n  ',
  );
  return {
    language: 'shellscript',
    fileName: 'chat.sh',
    text: [
      `#!/bin/sh\n${writeOpening(request, comments, { mark: '#' })}`,
      ...(auth === 'oauth' ? [fetchToken(request)] : auth === 'iam' ? [signRequest(request)] : []),
      `${command}\n`,
    ].join('\n'),
  };
};

/** In characters of up to three bytes; Linux limits an argument to 128 KiB. Longer bodies use standard input. */
const longestArgument = 40_000;

/** No line of JSON can be the end mark of the here-document: lines begin with a bracket, a quote or blanks. */
function dataOption(json: string): string {
  if (json.length <= longestArgument) return `--data ${quoteForShell(json)}`;
  return `--data-binary @- <<'JSON'\n${json}\nJSON`;
}

function tokenVariable({ auth }: SnippetRequest): string {
  return auth === 'oauth' ? 'ACCESS_TOKEN' : 'QIANFAN_ACCESS_TOKEN';
}

function fetchToken({ baseUrl }: SnippetRequest): string {
  const address = quoteForShell(`${baseUrl}/oauth/2.0/token?grant_type=client_credentials`);
  return `ACCESS_TOKEN=$(
  curl --silent --show-error --request POST ${address}"&client_id=$QIANFAN_AK&client_secret=$QIANFAN_SK" |
    sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p'
)
`;
}

/** BCE's request signature, version 1. */
function signRequest({ url }: SnippetRequest): string {
  const { pathname, host } = new URL(url);
  return `sign() { printf '%s' "$2" | openssl dgst -sha256 -hmac "$1" | sed 's/^.*= *//'; }

TIMESTAMP=$(date -u +%Y-%m-%dT%H:%M:%SZ)
PREFIX="bce-auth-v1/$QIANFAN_ACCESS_KEY/$TIMESTAMP/1800"
CANONICAL=$(printf 'POST\\n%s\\n\\nhost:%s\\nx-bce-date:%s' \\
  ${quoteForShell(pathname)} ${quoteForShell(encodeURIComponent(host))} "$(printf '%s' "$TIMESTAMP" | sed 's/:/%3A/g')")
SIGNATURE=$(sign "$(sign "$QIANFAN_SECRET_KEY" "$PREFIX")" "$CANONICAL")
`;
}
