/** Maps DashScope's error codes to kinds (vendor pages "error codes", 2024 and 2026). */

import { ChatError, type ChatErrorKind, type ClientErrorCode } from '../../llm/chatError.ts';
import { kindOfStatus, meansAddress, searchedText } from '../http/errorStatus.ts';
import { errorIn, readErrorBody, type ServiceError } from '../http/serviceError.ts';
import { noImages, saysNoImages } from '../messages/images.ts';

const providerId = 'dashscope';

/** The vendor's codes; native and compatible spellings side by side. */
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

/** Messages that decide where one code has two meanings. */
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

/** The error for an HTTP status of 400 or more; the body may be JSON, JSON in SSE framing, or text. */
export function readDashScopeFailure(status: number, body: string): ChatError {
  const realStatus = /^:HTTP_STATUS\/(\d{3})/m.exec(body)?.[1];
  return toDashScopeError(errorIn(readErrorBody(body)), {
    status: realStatus === undefined ? status : Number(realStatus),
    requestId: undefined,
    started: false,
  });
}

interface KnownOfFailure {
  status: number | undefined;
  requestId: string | undefined;
  /** A part of the answer has come: the service accepted the request and failed later. */
  started: boolean;
}

export function toDashScopeError(
  words: ServiceError,
  { status, requestId, started }: KnownOfFailure,
): ChatError {
  const { code } = words;
  const message =
    words.message ??
    (status === undefined ? 'The service reported an error.' : `The service answered with status ${status}.`);
  const searched = searchedText(message);
  const named = kindOfCode(code, searched);
  const kind = named ?? kindOfStatus(status);
  const own: ClientErrorCode | undefined = saysNoImages(kind, searched)
    ? noImages
    : named === undefined && meansAddress(status, searched)
      ? 'wrong-address'
      : undefined;
  const byOwn = own === noImages ? 'invalid-request' : own && 'protocol';
  return new ChatError({
    kind: byOwn ?? (kind === 'unexpected' && started ? 'unavailable' : kind),
    providerId,
    message,
    status,
    code: own ?? code,
    requestId: words.requestId ?? requestId,
  });
}

/** `undefined` for an unknown code. */
function kindOfCode(code: string | undefined, text: string): ChatErrorKind | undefined {
  if (code === undefined) return undefined;
  const rule = textRules.find((candidate) => candidate.code.test(code) && candidate.text.test(text));
  if (rule) return rule.kind;
  if (Object.hasOwn(dashScopeKinds, code)) return dashScopeKinds[code];
  // New members of a known family, e.g. `Throttling.SomethingNew`.
  const family = code.split('.')[0] ?? code;
  return Object.hasOwn(dashScopeKinds, family) ? dashScopeKinds[family] : undefined;
}
