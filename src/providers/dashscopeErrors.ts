/** DashScope's error codes and what kind of trouble each one is (vendor pages "error codes", 2024 and 2026). */

import * as z from 'zod';
import { ChatError, type ChatErrorKind } from '../core/chatError.ts';
import { kindOfStatus, searchedText } from './errorStatus.ts';
import { noImages, saysNoImages } from './images.ts';
import { parseJson } from './json.ts';

const providerId = 'dashscope';

/** Codes as the vendor writes them; native and compatible spellings side by side. */
export const dashScopeKinds: Readonly<Record<string, ChatErrorKind>> = {
  InvalidParameter: 'invalid-request',
  invalid_parameter_error: 'invalid-request',
  'InvalidParameter.NotSupportEnableThinking': 'invalid-request',
  InvalidURL: 'invalid-request',
  InvalidSchema: 'invalid-request',
  UnsupportedOperation: 'invalid-request',
  FlowNotPublished: 'invalid-request',
  ServiceUnavailableError: 'invalid-request',
  Conflict: 'invalid-request',
  'BadRequest.EmptyInput': 'invalid-request',
  'BadRequest.EmptyParameters': 'invalid-request',
  'BadRequest.EmptyModel': 'invalid-request',
  'BadRequest.TooLarge': 'invalid-request',
  DataInspectionFailed: 'content-filtered',
  data_inspection_failed: 'content-filtered',
  IPInfringementSuspect: 'content-filtered',
  FaqRuleBlocked: 'content-filtered',
  CustomRoleBlocked: 'content-filtered',
  Arrearage: 'quota',
  CommodityNotPurchased: 'quota',
  PrepaidBillOverdue: 'quota',
  PostpaidBillOverdue: 'quota',
  'AllocationQuota.FreeTierOnly': 'quota',
  InvalidApiKey: 'unauthorized',
  invalid_api_key: 'unauthorized',
  AccessDenied: 'unauthorized',
  access_denied: 'unauthorized',
  'AccessDenied.Unpurchased': 'unauthorized',
  'Model.AccessDenied': 'unauthorized',
  'App.AccessDenied': 'unauthorized',
  'Workspace.AccessDenied': 'unauthorized',
  'Endpoint.AccessDenied': 'unauthorized',
  ModelNotFound: 'model-not-found',
  model_not_found: 'model-not-found',
  model_not_supported: 'model-not-found',
  WorkSpaceNotFound: 'model-not-found',
  NotFound: 'model-not-found',
  RequestTimeOut: 'timeout',
  'InternalError.Timeout': 'timeout',
  Throttling: 'rate-limited',
  'Throttling.RateQuota': 'rate-limited',
  'Throttling.BurstRate': 'rate-limited',
  'Throttling.AllocationQuota': 'rate-limited',
  LimitRequests: 'rate-limited',
  limit_requests: 'rate-limited',
  limit_burst_rate: 'rate-limited',
  insufficient_quota: 'rate-limited',
  InternalError: 'unavailable',
  internal_error: 'unavailable',
  'InternalError.Algo': 'unavailable',
  'InternalError.Algo.InvalidParameter': 'invalid-request',
  SystemError: 'unavailable',
  ModelServiceFailed: 'unavailable',
  ModelServingError: 'unavailable',
  ModelUnavailable: 'unavailable',
  RewriteFailed: 'unavailable',
  RetrivalFailed: 'unavailable',
  AppProcessFailed: 'unavailable',
  InvokePluginFailed: 'unavailable',
};

/** Texts that decide where one code stands for two things. */
const textRules: readonly { code: RegExp; text: RegExp; kind: ChatErrorKind }[] = [
  { code: /AllocationQuota|insufficient_quota/, text: /free (allocated |tier )?quota/i, kind: 'quota' },
  {
    code: /InvalidParameter|invalid_parameter/,
    text: /range of input length|input length should|maximum context/i,
    kind: 'context-too-long',
  },
  // The last message is not from the user.
  {
    code: /^InternalError\.Algo$/,
    text: /list index out of range|\brole\b|content length|range of/i,
    kind: 'invalid-request',
  },
];

const text = z.string().nullish().catch(undefined);
const codeSchema = z.union([z.string(), z.number()]).nullish().catch(undefined);
const errorSchema = z.object({
  code: codeSchema,
  message: text,
  request_id: text,
  requestId: text,
  error: z
    .union([z.string(), z.object({ code: codeSchema, message: text, type: text })])
    .nullish()
    .catch(undefined),
});

/** The error that an HTTP status of 400 or more stands for; the body may be JSON, SSE-framed JSON, or text. */
export function readDashScopeFailure(status: number, body: string): ChatError {
  const framed = /^data:\s*(\{.*)$/m.exec(body)?.[1];
  const realStatus = /^:HTTP_STATUS\/(\d{3})/m.exec(body)?.[1];
  const value = parseJson(body) ?? (framed === undefined ? undefined : parseJson(framed));
  return dashScopeError(value ?? body, {
    status: realStatus === undefined ? status : Number(realStatus),
    requestId: undefined,
  });
}

/** `raw` is the error's JSON value, or text where it was none. */
export function dashScopeError(
  raw: unknown,
  known: { status: number | undefined; requestId: string | undefined },
): ChatError {
  const { data } = errorSchema.safeParse(raw);
  const inner = typeof data?.error === 'object' ? data.error : undefined;
  const said = data?.message ?? inner?.message ?? (typeof data?.error === 'string' ? data.error : undefined);
  const code = nonEmpty(data?.code ?? inner?.code ?? inner?.type);
  const text = said ?? (typeof raw === 'string' ? raw.trim() : '');
  const message =
    text ||
    (known.status === undefined
      ? 'The service reported an error.'
      : `The service answered with status ${known.status}.`);
  const searched = searchedText(message);
  const kind = kindOf(code, searched, known.status);
  const refused = saysNoImages(kind, searched);
  return new ChatError({
    kind: refused ? 'invalid-request' : kind,
    providerId,
    message,
    status: known.status,
    code: refused ? noImages : code,
    requestId: data?.request_id ?? data?.requestId ?? known.requestId,
  });
}

function nonEmpty(code: string | number | null | undefined): string | undefined {
  return code === null || code === undefined || code === '' ? undefined : String(code);
}

function kindOf(code: string | undefined, text: string, status: number | undefined): ChatErrorKind {
  if (code !== undefined) {
    const rule = textRules.find((candidate) => candidate.code.test(code) && candidate.text.test(text));
    if (rule) return rule.kind;
    if (Object.hasOwn(dashScopeKinds, code)) return dashScopeKinds[code] ?? 'unexpected';
    // New members of a known family, e.g. `Throttling.SomethingNew`.
    const family = code.split('.')[0] ?? code;
    const familyKind = Object.hasOwn(dashScopeKinds, family) ? dashScopeKinds[family] : undefined;
    if (familyKind) return familyKind;
  }
  return kindOfStatus(status);
}
