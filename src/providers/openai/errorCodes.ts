/**
 * Error codes of OpenAI-compatible services, with their kinds: data. Where a service sends no code, its type counts.
 * DashScope's codes are in `dashscopeErrors.ts`; its compatible mode uses them, too.
 */

import type { ChatErrorKind } from '../../llm/chatError.ts';

export type ErrorCodes = Readonly<Record<string, ChatErrorKind>>;

/** Vendor page "error codes of v2". */
const qianfanV2: ErrorCodes = {
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
};

/** OpenAI's own, and its imitators'. */
const openAI: ErrorCodes = {
  context_length_exceeded: 'context-too-long',
  string_above_max_length: 'context-too-long',
  content_filter: 'content-filtered',
  content_policy_violation: 'content-filtered',
  rate_limit_exceeded: 'rate-limited',
  rate_limit_error: 'rate-limited',
  billing_hard_limit_reached: 'quota',
  billing_not_active: 'quota',
  account_deactivated: 'unauthorized',
  invalid_request_error: 'invalid-request',
  authentication_error: 'unauthorized',
  permission_error: 'unauthorized',
  not_found_error: 'model-not-found',
  server_error: 'unavailable',
  api_error: 'unavailable',
  overloaded_error: 'unavailable',
  timeout_error: 'timeout',
};

/** open.bigmodel.cn, page "错误码". */
const zhipu: ErrorCodes = {
  1000: 'unauthorized',
  1001: 'unauthorized',
  1003: 'unauthorized',
  1110: 'unauthorized',
  1111: 'unauthorized',
  1112: 'unauthorized',
  1113: 'quota',
  1121: 'unauthorized',
  1210: 'invalid-request',
  1211: 'model-not-found',
  1212: 'invalid-request',
  1213: 'invalid-request',
  1214: 'invalid-request',
  1215: 'invalid-request',
  1220: 'unauthorized',
  1222: 'model-not-found',
  1230: 'unavailable',
  1234: 'unavailable',
  1261: 'context-too-long',
  1301: 'content-filtered',
  1302: 'rate-limited',
  1303: 'rate-limited',
  1304: 'quota',
  1305: 'rate-limited',
  1308: 'quota',
  1309: 'quota',
  1310: 'quota',
  1312: 'unavailable',
};

/** volcengine.com, page "错误码" (82379/1299023). */
const volcengineArk: ErrorCodes = {
  AccountOverdueError: 'quota',
  QuotaExceeded: 'quota',
  SetLimitExceeded: 'quota',
  AuthenticationError: 'unauthorized',
  InvalidAccountStatus: 'unauthorized',
  AccessDenied: 'unauthorized',
  ModelNotOpen: 'unauthorized',
  'OperationDenied.ServiceNotOpen': 'unauthorized',
  'InvalidEndpointOrModel.NotFound': 'model-not-found',
  'InvalidEndpointOrModel.ModelIDAccessDisabled': 'unauthorized',
  'InvalidEndpoint.ClosedEndpoint': 'model-not-found',
  SensitiveContentDetected: 'content-filtered',
  InputTextSensitiveContentDetected: 'content-filtered',
  InputImageSensitiveContentDetected: 'content-filtered',
  OutputTextSensitiveContentDetected: 'content-filtered',
  ServerOverloaded: 'unavailable',
  RequestBurstTooFast: 'rate-limited',
  RateLimitExceeded: 'rate-limited',
  ModelLoadingError: 'unavailable',
  InternalServiceError: 'unavailable',
};

/** platform.moonshot.cn, page "错误说明". */
const moonshot: ErrorCodes = {
  invalid_authentication_error: 'unauthorized',
  incorrect_api_key_error: 'unauthorized',
  permission_denied_error: 'unauthorized',
  exceeded_current_quota_error: 'quota',
  rate_limit_reached_error: 'rate-limited',
  engine_overloaded_error: 'unavailable',
  resource_not_found_error: 'model-not-found',
  unexpected_output: 'unavailable',
};

/** docs.siliconflow.cn, and its users' reports. */
const siliconFlow: ErrorCodes = {
  20012: 'model-not-found',
  30001: 'quota',
  30003: 'model-not-found',
  30011: 'quota',
  50501: 'unavailable',
  50505: 'unavailable',
  50508: 'unavailable',
};

/** one-api, new-api and LiteLLM, by their sources and users' reports. */
const gateways: ErrorCodes = {
  insufficient_user_quota: 'quota',
  pre_consume_token_quota_failed: 'quota',
  quota_not_enough: 'quota',
  budget_exceeded: 'quota',
  sensitive_words_detected: 'content-filtered',
  prompt_blocked: 'content-filtered',
  get_channel_failed: 'unavailable',
  do_request_failed: 'unavailable',
  'channel:no_available_key': 'unavailable',
  ContextWindowExceededError: 'context-too-long',
  ContentPolicyViolationError: 'content-filtered',
  RateLimitError: 'rate-limited',
};

/** vLLM, llama.cpp and Gemini's compatible interface, by their sources. */
const servers: ErrorCodes = {
  exceed_context_size_error: 'context-too-long',
  OutOfContextError: 'context-too-long',
  tokens_limit_reached: 'context-too-long',
  unavailable_error: 'unavailable',
  INVALID_ARGUMENT: 'invalid-request',
  RESOURCE_EXHAUSTED: 'rate-limited',
  UNAUTHENTICATED: 'unauthorized',
  PERMISSION_DENIED: 'unauthorized',
};

export const openAIKinds: ErrorCodes = {
  ...qianfanV2,
  ...openAI,
  ...zhipu,
  ...volcengineArk,
  ...moonshot,
  ...siliconFlow,
  ...gateways,
  ...servers,
};

/** platform.minimaxi.com, page "错误码查询": numbers in `base_resp`, or in brackets at the end of the message. */
export const miniMaxKinds: ErrorCodes = {
  1000: 'unavailable',
  1001: 'timeout',
  1002: 'rate-limited',
  1004: 'unauthorized',
  1008: 'quota',
  1013: 'unavailable',
  1024: 'unavailable',
  1026: 'content-filtered',
  1027: 'content-filtered',
  1033: 'unavailable',
  1039: 'rate-limited',
  1041: 'rate-limited',
  1042: 'invalid-request',
  2013: 'invalid-request',
  2045: 'rate-limited',
  2049: 'unauthorized',
  2056: 'quota',
  authorized_error: 'unauthorized',
  insufficient_balance_error: 'quota',
  bad_request_error: 'invalid-request',
};

/** Codes with several meanings: message and status take precedence. */
export const vagueCodes: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'invalid_request_error',
  'invalid_parameter_error',
  'InvalidParameter',
  'invalid_argument',
  'INVALID_ARGUMENT',
  'bad_request_error',
  'permission_error',
  'permission_denied_error',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'authentication_error',
  'AccessDenied',
  'access_denied',
  'not_found_error',
  'NotFound',
  'ServiceUnavailableError',
  'server_error',
  'api_error',
  'internal_error',
  'InternalError',
  'InternalError.Algo',
  '1210',
  '1213',
  '1214',
  '1215',
  '1230',
  '1234',
  '2013',
]);

interface CodeRule {
  code: RegExp;
  kind: ChatErrorKind;
}

/** Patterns for families of codes. */
export const codeRules: readonly CodeRule[] = [
  {
    code: /Sensitive|RiskDetection|DataInspection|content_?(filter|policy)|moderation|censor|unsafe/i,
    kind: 'content-filtered',
  },
  // Cerebras: quotas per minute.
  { code: /^(request|token)_quota_exceeded$/, kind: 'rate-limited' },
  { code: /RateLimit|rate_limit|TooManyRequests|[RTI]PM(Limit)?Exceeded/i, kind: 'rate-limited' },
  {
    code: /quota_?(exceeded|exhausted|not_enough)|insufficient_?(balance|credit|fund)|Overdue|Arrear|TokenBudget/i,
    kind: 'quota',
  },
];

interface TextRule {
  text: RegExp;
  kind: ChatErrorKind;
  /** Kinds that the rule overrides: those of vague codes and of a status. */
  among: readonly ChatErrorKind[];
}

const open: readonly ChatErrorKind[] = [
  'invalid-request',
  'unauthorized',
  'unavailable',
  'model-not-found',
  'unexpected',
];

/** Phrases that decide what code and status leave open; the first match wins. */
export const textRules: readonly TextRule[] = [
  {
    text: /content exists risk|content (filter|policy|management|moderation)|sensitive (content|information|words?)|risk control|inappropriate content|data[_ ]inspection|prompt_blocked|prohibited_content|requires moderation|was flagged|flagged for|(usage|content|safety) (guidelines|policies|polic(y|ies)|system|check)|safety_check|considered high risk|ContentPolicyViolation|new_sensitive|内容不合规|审核(未通过|不通过|失败)|[未不]通过[^。]{0,6}审核|敏感|违规|违法|内容(安全|风险|审核|过滤)|不安全/i,
    kind: 'content-filtered',
    among: open,
  },
  {
    text: /allocated quota exceeded|quota exceeded for .{0,200}per.?(second|minute)|\b[rt]p[ms] limit|(requests|tokens) per (second|minute)|please (retry|try again) in \d/i,
    kind: 'rate-limited',
    among: [...open, 'rate-limited'],
  },
  {
    text: /\b(insufficient|not enough|exceeded|used up|out of)\b[\w' -]{0,40}\b(quota|balance|credits?|funds)\b|\b(quota|balance|credits?) (is |has been )?(not enough|insufficient|exhausted|exceeded|used up|too low)\b|insufficient_(user_)?quota|exceeded_current_quota|(?<![\w/])billing(?![\w/])|\barrears?\b|\boverdue\b|余额|欠费|充值|(用户|令牌|账户|帐户|剩余|预扣费?)额度|额度(不足|已用|用尽|耗尽)|free (allocated |tier )?quota|\b(key|credit|spending|usage) limits? (was |is |has been )?(exceeded|reached)|\b(exceeded|reached|hit) (your |its |the |their )?[\w-]{0,20} ?[\w-]{0,20} ?[\w-]{0,20} ?(spending|usage|budget|credit) limits?|used all available|\b(any|no) credits\b|purchase (more |additional )?credits|payment method|max budget|budget (has been |is |was )?(exceeded|exhausted)|tokenbudget|配额(不足|已用|用尽|耗尽)|免费配额|余量(不足|已用|用尽|耗尽)|资源包/i,
    kind: 'quota',
    among: [...open, 'rate-limited'],
  },
  {
    text: /rate.?limit|too many requests|requests? per (second|minute|day)|(请求|调用|访问)(频率|过于频繁|太频繁)|频率(限制|过高|超)|并发(数|量|超)|限流|速率限制/i,
    kind: 'rate-limited',
    among: open,
  },
  {
    text: /maximum context|range of input length|context (window|length|size)|context_length_exceeded|exceed_context_size|(model|prompt|input|context|max(imum)?) token limit|token limit exceeded|too many tokens|exceeds? (the )?max(imum)?[\w ]{0,30}tokens|(prompt|input|message) (is |are )?too (long|large)|length of prompt|reduce the length|maximum prompt length|max_new_tokens\W{1,4}must be|(输入|上下文|提示词|对话|消息|文本|prompt|tokens?)[^。，]{0,20}(超过|超出|超长|过长)|(超过|超出)[^。，]{0,30}(上下文|token)/i,
    kind: 'context-too-long',
    among: ['invalid-request', 'unavailable', 'unexpected'],
  },
  {
    text: /model .{0,200}(not found|does not exist|not exist)|no such model|unknown model|(invalid|unsupported) model|not a valid model|模型[^。，]{0,60}(不存在|未找到|已下线)|无可用渠道|no available channel|no endpoints found/i,
    kind: 'model-not-found',
    among: ['invalid-request', 'unavailable', 'unexpected'],
  },
  {
    text: /\b(invalid|incorrect|wrong|expired|missing) (api[ _-]?key|access token|credentials?|authentication)|\b(invalid|expired) token\b(?! (id|at|in)\b)|api[ _-]?key (is |has )?(invalid|incorrect|not valid|expired|missing|required)|token (is |has )?(invalid|expired)|authentication (failed|fails|error)|无效的?令牌|令牌(无效|已过期|状态不可用|验证失败)|(密钥|api ?key)[^。，]{0,20}(无效|错误|过期|不存在)|鉴权失败|身份验证/i,
    kind: 'unauthorized',
    among: ['invalid-request', 'unexpected'],
  },
  {
    text: /internal (server )?error|overloaded|server is busy|service unavailable|bad gateway|upstream|worker|timed? ?out|try again later|服务(繁忙|异常|不可用)|系统繁忙|内部错误|稍后再试|稍后重试/i,
    kind: 'unavailable',
    among: ['unexpected'],
  },
];
