/** Finds errors in whatever services send, in their many shapes. */

import { isRecord, parseJson } from '../sse/json.ts';

/** A service's error. A member is `undefined` where the service does not send it. */
export interface ServiceError {
  message: string | undefined;
  /** Its code, or else its type. */
  code: string | undefined;
  type: string | undefined;
  /** The table of codes that applies: MiniMax numbers its own, in `base_resp` or beside `http_code`. */
  table: 'general' | 'minimax';
  /** The code is inside the error object, not beside it, where services use numbers of their own. */
  nested: boolean;
  /** HTTP status that a gateway passes on. */
  status: number | undefined;
  requestId: string | undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** Names of members, in lower case without underscores. These hold messages, most telling first. */
const messageNames = [
  'message',
  'msg',
  'errormsg',
  'errmsg',
  'errormessage',
  'statusmsg',
  'retmsg',
  'detail',
  'details',
  'errordescription',
  'faultstring',
  'reason',
  'description',
  'title',
  'error',
  'errors',
  'err',
  'exception',
  'responsemetadata',
  'data',
  'header',
];
const codeNames = ['code', 'errorcode', 'errcode', 'statuscode', 'retcode'];
/** Members whose mere presence is an error. */
const errorNames = [
  'faultstring',
  'errors',
  'detail',
  'err',
  'exception',
  'errormsg',
  'errmsg',
  'errormessage',
];
/** Members that may wrap an error, one level down. */
const wrappers = ['responsemetadata', 'data', 'header', 'response', 'result', 'fault'];
/** Members whose text is never a message. */
const labelNames = new Set(['id', 'object', 'model', 'type', 'requestid', 'event', 'status']);

/** Depth of the search for a message, and how many items of a list, or members of an object, it visits. */
const limits = { depth: 5, items: 3, members: 50 };

/**
 * The error in a JSON value; `undefined` where there is none. Sources for the shapes: FastAPI (`detail`), MiniMax
 * (`base_resp`), Gemini (a list around it), vLLM (`object: "error"`), gateways (`success`, `errors`).
 *
 * Beside an answer these are errors: a non-empty `error`, here or in the first choice, and a `base_resp` without
 * success. Where no choice has content, also the other shapes, and a code without success.
 */
export function findError(value: unknown, depth = 0): ServiceError | undefined {
  // JSON in a text, and a list around an error.
  if (typeof value === 'string') return findError(embeddedJson(value), depth);
  if (Array.isArray(value)) {
    return firstOf(value, (item) => (isRecord(item) ? findError(item, depth) : undefined));
  }
  if (!isRecord(value) || depth > 1 || isPlainPiece(value)) return undefined;
  const choice = Array.isArray(value.choices) ? value.choices[0] : undefined;
  const answers = isRecord(choice) || isRecord(value.output);
  const inner = errorsIn(value, choice).find((error) => holdsError(error, answers));
  if (inner !== undefined) return readError(value, inner);
  if (isRecord(value.base_resp) && !isSuccess(value.base_resp.status_code))
    return { ...readError(value, value.base_resp), table: 'minimax' };
  if (hasContent(choice) || hasOutput(value.output)) return undefined;
  const named = byName(value);
  const status = named.get('status');
  const told =
    (codeNames.some((name) => !isSuccess(named.get(name))) && !isKeepAlive(messageOf(value) ?? '')) ||
    named.get('success') === false ||
    named.get('ok') === false ||
    [value.object, value.type, value.event].some((word) => word === 'error') ||
    statusOf(status) !== undefined ||
    /^(error|failed|failure)$/i.test(textOf(status) ?? '') ||
    holdsError(named.get('error'), answers) ||
    errorNames.some((name) => holdsError(named.get(name), false));
  if (told) return readError(value);
  return firstOf(
    wrappers.map((name) => named.get(name)),
    (held) => (isRecord(held) ? findError(held, depth + 1) : undefined),
  );
}

/**
 * A possible error: a message without an answer, such as a text or a lone `message`. Keep-alives, which have the same
 * shapes, are ignored.
 */
export function findPossibleError(value: unknown): ServiceError | undefined {
  if (typeof value === 'string') {
    const message = value.trim();
    const held = embeddedJson(message);
    if (held !== undefined) return findPossibleError(held);
    // Truncated JSON, and comments wrapped by a proxy, are no messages, unless they begin as an error.
    const broken = brokenJson.test(message) && !brokenError.test(message);
    return message === '' || broken || isKeepAlive(message) ? undefined : messageOnly(message);
  }
  if (Array.isArray(value)) return firstOf(value, findPossibleError);
  if (!isRecord(value) || hasContent(firstItem(value.choices))) return undefined;
  const named = byName(value);
  const message = firstOf(
    ['message', 'msg', 'reason', 'description'].map((name) => named.get(name)),
    messageOf,
  );
  return message === undefined || isKeepAlive(message) ? undefined : readError(value);
}

const brokenJson = /^(:|\{\s*("|\}|$)|\[\s*(["{[]|-?\d[\d.]*\s*(,|$)|$))/;

/** An ordinary delta, of which an answer has hundreds: with text, and without a member for errors. */
function isPlainPiece({ error, base_resp: base, x_groq: groq, choices, output }: Members): boolean {
  if (error !== undefined || base !== undefined || groq !== undefined) return false;
  const choice = firstItem(choices);
  if (!isRecord(choice)) return choices === undefined && hasOutput(output);
  const { delta } = choice;
  if (!isRecord(delta) || choice.error !== undefined || isRecord(choice.message)) return false;
  if (delta.error !== undefined) return false;
  return isText(delta.content) || isText(delta.reasoning_content) || isText(delta.reasoning);
}

/** Members for errors beside an answer, or in it. */
function errorsIn({ error, x_groq: groq }: Members, choice: unknown): unknown[] {
  const holders = isRecord(choice) ? [choice, choice.delta, choice.message, groq] : [groq];
  return [error, ...holders.map((holder) => (isRecord(holder) ? holder.error : undefined))];
}

const brokenError = /^\{\s*"(error|Error)"/;

/** Reads a value that is known to be an error, in any shape. */
export function errorIn(value: unknown): ServiceError {
  return findError(value) ?? readError(value);
}

/** Reads a value that is an error; a text is its message. `inner`: its member with the error. */
export function readError(value: unknown, inner?: unknown): ServiceError {
  if (!isRecord(value)) return messageOnly(typeof value === 'string' ? value.trim() : '');
  if (Array.isArray(value)) return readError(value.find(isRecord) ?? messageOf(value), inner);
  const core = inner ?? value.error ?? value.base_resp;
  const first = Array.isArray(core) ? core.find(isRecord) : core;
  const near: Members = isRecord(first) ? first : {};
  // Members of an answer are not the message of its error.
  const message =
    joinMessages(core, value) ?? firstText(core) ?? (value.choices ? undefined : firstText(value));
  const raw = isRecord(near.metadata) ? messageOf(near.metadata.raw) : undefined;
  const type = textOf(near.type) ?? (value.type === 'error' ? undefined : textOf(value.type));
  const code = codeOf(near) ?? codeOf(value) ?? type;
  return {
    // Gateways put the upstream service's message there (OpenRouter).
    message:
      raw === undefined || message === raw
        ? withParameterName(message, near.param)
        : [message, raw].filter(Boolean).join(' '),
    code,
    type,
    table: near.http_code === undefined ? 'general' : 'minimax',
    nested: codeOf(near) !== undefined,
    status: [near.http_code, near.status_code, near.status, code, value.status].map(statusOf).find(Boolean),
    requestId: [value.request_id, value.requestId, value.id, near.request_id].map(textOf).find(Boolean),
  };
}

/** The value in an error's body: JSON, JSON behind `data:` on one line or many, or the text itself. */
export function readErrorBody(body: string): unknown {
  const whole = parseJson(body);
  if (whole !== undefined) return whole;
  const lines = body.split(/\r\n|[\r\n]/).filter((line) => !/^(event|id|retry)?:/.test(line));
  return parseJson(lines.map((line) => line.replace(/^data:/, '')).join('\n')) ?? body;
}

/** Some services name the refused parameter only beside the message. */
function withParameterName(message: string | undefined, param: unknown): string | undefined {
  const bare = /^(unsupported|unknown|invalid|unrecogni[sz]ed) (parameter|field|argument)\W?$/i.test(
    message ?? '',
  );
  return bare && typeof param === 'string' && param !== '' ? `${message} ${param}` : message;
}

function messageOnly(message: string): ServiceError {
  return {
    message: messageOf(message),
    code: undefined,
    type: undefined,
    table: 'general',
    nested: false,
    status: undefined,
    requestId: undefined,
  };
}

/** Where `error` is a text, often the name of a status, the members beside it say more (Spring, Nest, OAuth). */
function joinMessages(core: unknown, value: Members): string | undefined {
  const inner = messageOf(core);
  if (typeof core !== 'string') return inner ?? messageOf(value);
  const { error: _error, ...rest } = value;
  const beside = messageOf(rest);
  return beside === undefined || beside === inner || inner === undefined
    ? (inner ?? beside)
    : `${beside} (${inner})`;
}

/** The message in a value of any shape; JSON within a text is parsed. */
function messageOf(value: unknown, depth = 0): string | undefined {
  if (depth > limits.depth) return undefined;
  if (typeof value === 'string') {
    const held = embeddedJson(value);
    return (held === undefined ? undefined : messageOf(held, depth + 1)) ?? (value.trim() || undefined);
  }
  if (Array.isArray(value)) {
    const all = value.slice(0, limits.items).flatMap((item) => messageOf(item, depth + 1) ?? []);
    return all.length > 0 ? [...new Set(all)].join('; ') : undefined;
  }
  if (!isRecord(value)) return undefined;
  const named = byName(value);
  for (const name of messageNames) {
    const words = messageOf(named.get(name), depth + 1);
    if (words !== undefined) return withLocation(words, value.loc);
  }
  return undefined;
}

/** FastAPI's `loc` names the refused member of the body. */
function withLocation(words: string, loc: unknown): string {
  const place = Array.isArray(loc)
    ? loc
        .slice(0, limits.depth)
        .filter((part) => part !== 'body' && /^(string|number)$/.test(typeof part))
        .join('.')
    : '';
  return place === '' ? words : `${place}: ${words}`;
}

/** For values without known members: the first text of several words, or else the first text. */
function firstText(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const texts = [...byName(value)].flatMap(([name, member]) => {
    if (labelNames.has(name)) return [];
    return typeof member === 'string' ? member.trim() || [] : (firstText(member) ?? []);
  });
  return texts.find((text) => /\s|\p{Script=Han}/u.test(text)) ?? texts[0];
}

function byName(value: Members): Map<string, unknown> {
  const entries = Object.entries(value).slice(0, limits.members);
  return new Map(entries.map(([name, member]) => [plainName(name), member]));
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

function codeOf(value: Members): string | undefined {
  const named = byName(value);
  return textOf(codeNames.map((name) => named.get(name)).find((member) => !isSuccess(member)));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function statusOf(value: unknown): number | undefined {
  return /^[45]\d\d$/.test(textOf(value) ?? '') ? Number(value) : undefined;
}

/** The object or list that a text contains as JSON. */
function embeddedJson(text: string): unknown {
  const held = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
  return isRecord(held) ? held : undefined;
}

function firstItem(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}

function firstOf<Result>(
  list: readonly unknown[],
  find: (item: unknown) => Result | undefined,
): Result | undefined {
  for (const item of list.slice(0, limits.items + wrappers.length)) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a code means success, or is missing. */
function isSuccess(code: unknown): boolean {
  if (typeof code !== 'string') return typeof code !== 'number' || code === 0 || code === 200;
  return /^(0+|200|ok|success|succeeded|null|none)?$/i.test(code.trim());
}

/** Whether a member for errors contains one. Beside an answer, a bare flag or number is no error. */
function holdsError(error: unknown, answers: boolean): boolean {
  if (typeof error === 'string') return !isSuccess(error) && !isKeepAlive(error);
  if (!isRecord(error)) return !answers && (error === true || (typeof error === 'number' && error !== 0));
  const members = Object.entries(error);
  const isCode = (name: string): boolean => [...codeNames, 'status'].includes(plainName(name));
  if (members.some(([name, member]) => isCode(name) && !isRecord(member) && !isSuccess(member))) return true;
  if (isKeepAlive(messageOf(error) ?? '')) return false;
  return members.some(([name, member]) => {
    if (isRecord(member)) return holdsError(member, answers);
    return isCode(name) || typeof member === 'string' ? !isSuccess(member) : Boolean(member);
  });
}

/** Whether a choice has content. */
function hasContent(choice: unknown): boolean {
  if (!isRecord(choice)) return false;
  const { delta, message, text } = choice;
  return [{ text }, delta, message].some(
    (held) =>
      isRecord(held) &&
      Object.entries(held).some(([name, member]) => name !== 'role' && (isRecord(member) || Boolean(member))),
  );
}

function hasOutput(output: unknown): boolean {
  if (!isRecord(output)) return false;
  const { text, choices, finish_reason: reason } = output;
  const ended = typeof reason === 'string' && reason !== '' && reason !== 'null';
  return Boolean(text) || ended || (Array.isArray(choices) && isRecord(choices[0]));
}

/** Messages that keep a connection open, or report success. */
function isKeepAlive(text: string): boolean {
  return /^[\s\p{P}\p{S}]{0,4}(keep-?_? ?alive|heart-?_? ?beat|ping|pong|alive|ok|okay|success|no error|null|none|false|connected|connecting|processing|queued|open|start|started|end|done|成功|正常|处理中|排队中)[\s\p{P}\p{S}]{0,4}$/iu.test(
    text,
  );
}
