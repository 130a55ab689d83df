/** Determines the kind of OpenAI-compatible services' errors by code, message and status. */

import { ChatError, type ChatErrorKind, type ClientErrorCode } from '../../llm/chatError.ts';
import { dashScopeKinds } from '../dashscope/dashscopeErrors.ts';
import { kindOfStatus, meansAddress, searchedText } from '../http/errorStatus.ts';
import { errorIn, readErrorBody, type ServiceError } from '../http/serviceError.ts';
import { noImages, saysNoImages } from '../messages/images.ts';
import { codeRules, miniMaxKinds, openAIKinds, textRules, vagueCodes } from './errorCodes.ts';

const providerId = 'openai';

const allKinds: typeof openAIKinds = { ...dashScopeKinds, ...openAIKinds };

/** The error for an HTTP status of 400 or more; the body may be JSON, JSON in SSE framing, or text. */
export function readOpenAIFailure(status: number, body: string, modelId?: string): ChatError {
  return openAIError(readErrorBody(body), { status, requestId: undefined, modelId });
}

interface KnownOfFailure {
  status: number | undefined;
  requestId: string | undefined;
  /** The requested model: an error that names it does not concern the address. */
  modelId?: string;
  /** A part of the answer has come: the service accepted the request and failed later. */
  started?: boolean;
}

/** `raw`: the error's JSON value, or its text. */
export function openAIError(raw: unknown, known: KnownOfFailure): ChatError {
  return toOpenAIError(errorIn(raw), known);
}

export function toOpenAIError(words: ServiceError, known: KnownOfFailure): ChatError {
  // Gateways pass on the upstream status as a code.
  const status =
    known.status !== undefined && known.status >= 400 ? known.status : (words.status ?? known.status);
  const message = words.message ?? `The service answered with status ${status ?? 'unknown'}.`;
  const searched = searchedText(message);
  const named = kindOf(words, searched, status);
  const kind = named === 'unexpected' && known.started ? 'unavailable' : named;
  const own = ownCode(words, kind, searched, status, known.modelId);
  return new ChatError({
    kind: own === noImages ? 'invalid-request' : own === 'wrong-address' ? 'protocol' : kind,
    providerId,
    message,
    status,
    code: own ?? words.code,
    requestId: words.requestId ?? known.requestId,
  });
}

/** Errors for which no service has a code. */
function ownCode(
  { code, type }: ServiceError,
  kind: ChatErrorKind,
  searched: string,
  status: number | undefined,
  modelId: string | undefined,
): ClientErrorCode | undefined {
  if (saysNoImages(kind, searched)) return noImages;
  const named = [code, type].some(
    (name) => name !== undefined && Object.hasOwn(allKinds, name) && !vagueCodes.has(name),
  );
  const namesModel = modelId !== undefined && modelId.length > 2 && searched.includes(modelId);
  const byStatus = kind === kindOfStatus(status) && !named && !namesModel;
  if (byStatus && meansAddress(status, searched)) return 'wrong-address';
  return undefined;
}

function kindOf(words: ServiceError, searched: string, status: number | undefined): ChatErrorKind {
  const { code, type, table, nested } = words;
  // Qianfan v2 answers 401 for a model that exists but is not available to this key.
  if (code === 'invalid_model' && (status === 401 || status === 403)) return 'unauthorized';
  const inBrackets = table === 'minimax' ? /\((\d{4})\)\W{0,2}$/.exec(searched)?.[1] : undefined;
  // Services use numbers of their own: a number counts only where Zhipu writes it.
  const number = code !== undefined && /^\d{4}$/.test(code);
  const known = [
    knownCode(miniMaxKinds, inBrackets),
    table === 'minimax'
      ? knownCode(miniMaxKinds, code)
      : number && !nested
        ? undefined
        : knownCode(allKinds, code),
    knownCode(allKinds, type) ?? knownCode(miniMaxKinds, type),
  ].find((found) => found !== undefined);
  if (known && !known.vague) {
    // DashScope has one code for rate limits and free quotas.
    return known.kind === 'rate-limited' && /free (allocated |tier )?quota/i.test(searched)
      ? 'quota'
      : known.kind;
  }
  const byRule = code === undefined ? undefined : codeRules.find((rule) => rule.code.test(code))?.kind;
  if (byRule) return byRule;
  const byStatus = kindOfStatus(status);
  const kind = byStatus === 'unexpected' ? (known?.kind ?? byStatus) : byStatus;
  const rule = textRules.find((candidate) => candidate.among.includes(kind) && candidate.text.test(searched));
  return rule?.kind ?? kind;
}

function knownCode(
  table: typeof openAIKinds,
  code: string | undefined,
): { kind: ChatErrorKind; vague: boolean } | undefined {
  const kind = code !== undefined && Object.hasOwn(table, code) ? table[code] : undefined;
  return kind && { kind, vague: code !== undefined && vagueCodes.has(code) };
}
