/** Error codes of OpenAI-compatible services: OpenAI's own, Qianfan v2's and DashScope's compatible mode's. */

import * as z from 'zod';
import { ChatError, type ChatErrorKind } from '../core/chatError.ts';
import { dashScopeKinds } from './dashscopeErrors.ts';
import { kindOfStatus, searchedText } from './errorStatus.ts';
import { noImages, saysNoImages } from './images.ts';
import { parseJson } from './json.ts';

const providerId = 'openai';

export const openAIKinds: Readonly<Record<string, ChatErrorKind>> = {
  // Qianfan v2 (vendor page "error codes of v2")
  invalid_iam_token: 'unauthorized',
  no_parameter_permission: 'unauthorized',
  malformed_json: 'invalid-request',
  invalid_messages: 'invalid-request',
  invalid_argument: 'invalid-request',
  invalid_model: 'model-not-found',
  characters_too_long: 'context-too-long',
  tokens_too_long: 'context-too-long',
  rpm_rate_limit_exceeded: 'rate-limited',
  tpm_rate_limit_exceeded: 'rate-limited',
  // OpenAI and what imitates it
  context_length_exceeded: 'context-too-long',
  string_above_max_length: 'context-too-long',
  content_filter: 'content-filtered',
  content_policy_violation: 'content-filtered',
  rate_limit_exceeded: 'rate-limited',
  rate_limit_error: 'rate-limited',
  billing_hard_limit_reached: 'quota',
  account_deactivated: 'unauthorized',
  invalid_request_error: 'invalid-request',
  authentication_error: 'unauthorized',
  permission_error: 'unauthorized',
  not_found_error: 'model-not-found',
  server_error: 'unavailable',
  api_error: 'unavailable',
  overloaded_error: 'unavailable',
};

const allKinds: typeof openAIKinds = { ...dashScopeKinds, ...openAIKinds };

const textRules: readonly { text: RegExp; among: readonly ChatErrorKind[]; kind: ChatErrorKind }[] = [
  {
    text: /maximum context length|range of input length|context (window|length)|too many tokens/i,
    among: ['invalid-request'],
    kind: 'context-too-long',
  },
  {
    text: /model .{0,200}(not found|does not exist)|no such model/i,
    among: ['invalid-request', 'unexpected'],
    kind: 'model-not-found',
  },
  { text: /free (allocated |tier )?quota|billing|balance|arrear/i, among: ['rate-limited'], kind: 'quota' },
];

const codeSchema = z.union([z.string(), z.number()]).nullish().catch(undefined);
const text = z.string().nullish().catch(undefined);
const errorSchema = z.object({
  id: text,
  request_id: text,
  code: codeSchema,
  message: text,
  detail: z.unknown().optional(),
  error: z
    .union([z.string(), z.object({ code: codeSchema, message: text, type: text })])
    .nullish()
    .catch(undefined),
});

export function readOpenAIFailure(status: number, body: string): ChatError {
  const framed = /^data:\s*(\{.*)$/m.exec(body)?.[1];
  return openAIError(parseJson(body) ?? (framed && parseJson(framed)) ?? body, {
    status,
    requestId: undefined,
  });
}

/** `raw` is the error's JSON value, or text where it was none. */
export function openAIError(
  raw: unknown,
  known: { status: number | undefined; requestId: string | undefined },
): ChatError {
  const { data } = errorSchema.safeParse(raw);
  const inner = typeof data?.error === 'object' ? data.error : undefined;
  const code = firstText(inner?.code, data?.code, inner?.type);
  const said = firstText(
    inner?.message,
    data?.message,
    typeof data?.error === 'string' ? data.error : undefined,
  );
  const message =
    said ??
    (typeof raw === 'string' && raw.trim()
      ? raw.trim()
      : `The service answered with status ${known.status ?? 'unknown'}.`);
  // Gateways pass on the status of the service behind them as a code.
  const numeric = code !== undefined && /^[45]\d\d$/.test(code) ? Number(code) : undefined;
  const status = known.status !== undefined && known.status >= 400 ? known.status : (numeric ?? known.status);
  const searched = searchedText(message);
  const kind = kindOf(code, inner?.type ?? undefined, searched, status);
  const refused = saysNoImages(kind, searched);
  return new ChatError({
    kind: refused ? 'invalid-request' : kind,
    providerId,
    message,
    status,
    code: refused ? noImages : code,
    requestId: data?.request_id ?? data?.id ?? known.requestId,
  });
}

function firstText(...values: (string | number | null | undefined)[]): string | undefined {
  const value = values.find((candidate) => candidate !== null && candidate !== undefined && candidate !== '');
  return value === undefined ? undefined : String(value);
}

function kindOf(
  code: string | undefined,
  type: string | undefined,
  message: string,
  status: number | undefined,
): ChatErrorKind {
  // A model that exists but is not this key's comes with 401 (Qianfan v2).
  if (code === 'invalid_model' && (status === 401 || status === 403)) return 'unauthorized';
  const named = [code, type]
    .map((name) => (name !== undefined && Object.hasOwn(allKinds, name) ? allKinds[name] : undefined))
    .find((kind) => kind !== undefined);
  // `invalid_request_error` is a catch-all: a status that says more wins.
  const byStatus = kindOfStatus(status);
  // Ollama calls a model it has not got an `api_error`.
  const contradicts = named === 'unavailable' && status !== undefined && status >= 400 && status < 500;
  const kind =
    named === undefined ||
    contradicts ||
    (named === 'invalid-request' && byStatus !== 'unexpected' && code !== 'invalid_messages')
      ? byStatus
      : named;
  const rule = textRules.find((candidate) => candidate.among.includes(kind) && candidate.text.test(message));
  return rule?.kind ?? (kind === 'unexpected' ? (named ?? 'unexpected') : kind);
}
