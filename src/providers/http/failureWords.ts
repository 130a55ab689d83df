/** Finds an error in what a service sent, and its words, in the many shapes in which services write them. */

import { isRecord, parseJson } from '../sse/json.ts';

/** What a service says of a failure. Every member is missing where the service does not say it. */
export interface FailureWords {
  message: string | undefined;
  /** Its code, or its type where it has no code. */
  code: string | undefined;
  type: string | undefined;
  /** Which table of codes counts: MiniMax numbers its own, in `base_resp` or beside `http_code`. */
  table: 'general' | 'minimax';
  /** The code stands in the error itself, not beside it, where every service numbers as it likes. */
  nested: boolean;
  /** An HTTP status that a gateway passes on. */
  status: number | undefined;
  requestId: string | undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** Names of members count without regard to case and underscores. These hold words, in order of how much they say. */
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
/** Members whose mere content is an error. */
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
/** Members that an error may stand in, one level down. */
const wrappers = ['responsemetadata', 'data', 'header', 'response', 'result', 'fault'];
/** Of texts in members of no known name, these are no words. */
const labelNames = new Set(['id', 'object', 'model', 'type', 'requestid', 'event', 'status']);

/** How deep words are looked for, and how many of a list, or members of an object, are looked at. */
const limits = { depth: 5, items: 3, members: 50 };

/**
 * The error that a value of JSON stands for; `undefined` where it is none. Sources for the shapes: FastAPI (`detail`),
 * MiniMax (`base_resp`), Gemini (a list around it), vLLM (`object: "error"`), gateways (`success`, `errors`).
 *
 * An error beside an answer: `error` with something in it, here or in the first choice, or a `base_resp` that tells no
 * success. Where no choice brings anything, also the other shapes, and a code that tells no success.
 */
export function findFailure(value: unknown, depth = 0): FailureWords | undefined {
  // JSON in a text, and a list around an error.
  if (typeof value === 'string') return findFailure(heldIn(value), depth);
  if (Array.isArray(value)) {
    return firstOf(value, (item) => (isRecord(item) ? findFailure(item, depth) : undefined));
  }
  if (!isRecord(value) || depth > 1 || isPlainPiece(value)) return undefined;
  const choice = Array.isArray(value.choices) ? value.choices[0] : undefined;
  const answers = isRecord(choice) || isRecord(value.output);
  const inner = errorsIn(value, choice).find((error) => tellsError(error, answers));
  if (inner !== undefined) return readFailureWords(value, inner);
  if (isRecord(value.base_resp) && !isSuccess(value.base_resp.status_code))
    return { ...readFailureWords(value, value.base_resp), table: 'minimax' };
  if (brings(choice) || hasOutput(value.output)) return undefined;
  const named = byName(value);
  const status = named.get('status');
  const told =
    (codeNames.some((name) => !isSuccess(named.get(name))) && !isSignOfLife(wordsOf(value) ?? '')) ||
    named.get('success') === false ||
    named.get('ok') === false ||
    [value.object, value.type, value.event].some((word) => word === 'error') ||
    statusOf(status) !== undefined ||
    /^(error|failed|failure)$/i.test(textOf(status) ?? '') ||
    tellsError(named.get('error'), answers) ||
    errorNames.some((name) => tellsError(named.get(name), false));
  if (told) return readFailureWords(value);
  return firstOf(
    wrappers.map((name) => named.get(name)),
    (held) => (isRecord(held) ? findFailure(held, depth + 1) : undefined),
  );
}

/**
 * What may be an error, though it is not written as one: words without an answer, such as a text or a lone `message`.
 * Services write signs of life so, too.
 */
export function findComplaint(value: unknown): FailureWords | undefined {
  if (typeof value === 'string') {
    const message = value.trim();
    const held = heldIn(message);
    if (held !== undefined) return findComplaint(held);
    // JSON that broke off, and comments that a proxy wrapped, are no words, unless they begin as an error.
    const broken = brokenJson.test(message) && !brokenError.test(message);
    return message === '' || broken || isSignOfLife(message) ? undefined : wordsAlone(message);
  }
  if (Array.isArray(value)) return firstOf(value, findComplaint);
  if (!isRecord(value) || brings(firstItem(value.choices))) return undefined;
  const named = byName(value);
  const message = firstOf(
    ['message', 'msg', 'reason', 'description'].map((name) => named.get(name)),
    wordsOf,
  );
  return message === undefined || isSignOfLife(message) ? undefined : readFailureWords(value);
}

const brokenJson = /^(:|\{\s*("|\}|$)|\[\s*(["{[]|-?\d[\d.]*\s*(,|$)|$))/;

/** The ordinary piece of an answer, which comes hundreds of times in one: with text, and without a member for errors. */
function isPlainPiece({ error, base_resp: base, x_groq: groq, choices, output }: Members): boolean {
  if (error !== undefined || base !== undefined || groq !== undefined) return false;
  const choice = firstItem(choices);
  if (!isRecord(choice)) return choices === undefined && hasOutput(output);
  const { delta } = choice;
  if (!isRecord(delta) || choice.error !== undefined || isRecord(choice.message)) return false;
  return delta.error === undefined && [delta.content, delta.reasoning_content, delta.reasoning].some(isText);
}

/** The members for errors that stand beside an answer, or in it. */
function errorsIn({ error, x_groq: groq }: Members, choice: unknown): unknown[] {
  const holders = isRecord(choice) ? [choice, choice.delta, choice.message, groq] : [groq];
  return [error, ...holders.map((holder) => (isRecord(holder) ? holder.error : undefined))];
}

const brokenError = /^\{\s*"(error|Error)"/;

/** The same of a value that is known to be one, in whatever shape. */
export function failureIn(value: unknown): FailureWords {
  return findFailure(value) ?? readFailureWords(value);
}

/** Words and codes of a value that is known to be an error; a text is taken as its words. `inner`: its member that tells it. */
export function readFailureWords(value: unknown, inner?: unknown): FailureWords {
  if (!isRecord(value)) return wordsAlone(typeof value === 'string' ? value.trim() : '');
  if (Array.isArray(value)) return readFailureWords(value.find(isRecord) ?? wordsOf(value), inner);
  const core = inner ?? value.error ?? value.base_resp;
  const first = Array.isArray(core) ? core.find(isRecord) : core;
  const near: Members = isRecord(first) ? first : {};
  // The members of an answer are no words of its error.
  const message = joinWords(core, value) ?? anyWords(core) ?? (value.choices ? undefined : anyWords(value));
  const raw = isRecord(near.metadata) ? wordsOf(near.metadata.raw) : undefined;
  const type = textOf(near.type) ?? (value.type === 'error' ? undefined : textOf(value.type));
  const code = codeOf(near) ?? codeOf(value) ?? type;
  return {
    // Gateways put the words of the service behind them there (OpenRouter).
    message:
      raw === undefined || message === raw
        ? withName(message, near.param)
        : [message, raw].filter(Boolean).join(' '),
    code,
    type,
    table: near.http_code === undefined ? 'general' : 'minimax',
    nested: codeOf(near) !== undefined,
    status: [near.http_code, near.status_code, near.status, code, value.status].map(statusOf).find(Boolean),
    requestId: [value.request_id, value.requestId, value.id, near.request_id].map(textOf).find(Boolean),
  };
}

/** The value in the body of an error: JSON, JSON behind `data:` in one line or in many, or the text itself. */
export function readErrorBody(body: string): unknown {
  const whole = parseJson(body);
  if (whole !== undefined) return whole;
  const lines = body.split(/\r\n|[\r\n]/).filter((line) => !/^(event|id|retry)?:/.test(line));
  return parseJson(lines.map((line) => line.replace(/^data:/, '')).join('\n')) ?? body;
}

/** Some say only beside their words which member of the request they mean. */
function withName(message: string | undefined, param: unknown): string | undefined {
  const bare = /^(unsupported|unknown|invalid|unrecogni[sz]ed) (parameter|field|argument)\W?$/i.test(
    message ?? '',
  );
  return bare && typeof param === 'string' && param !== '' ? `${message} ${param}` : message;
}

function wordsAlone(message: string): FailureWords {
  return {
    message: wordsOf(message),
    code: undefined,
    type: undefined,
    table: 'general',
    nested: false,
    status: undefined,
    requestId: undefined,
  };
}

/** Where `error` is a text, often the name of a status, what stands beside it says more (Spring, Nest, OAuth). */
function joinWords(core: unknown, value: Members): string | undefined {
  const inner = wordsOf(core);
  if (typeof core !== 'string') return inner ?? wordsOf(value);
  const { error: _error, ...rest } = value;
  const beside = wordsOf(rest);
  return beside === undefined || beside === inner || inner === undefined
    ? (inner ?? beside)
    : `${beside} (${inner})`;
}

/** The text for people in a value of any shape; one that holds JSON is looked into. */
function wordsOf(value: unknown, depth = 0): string | undefined {
  if (depth > limits.depth) return undefined;
  if (typeof value === 'string') {
    const held = heldIn(value);
    return (held === undefined ? undefined : wordsOf(held, depth + 1)) ?? (value.trim() || undefined);
  }
  if (Array.isArray(value)) {
    const all = value.slice(0, limits.items).flatMap((item) => wordsOf(item, depth + 1) ?? []);
    return all.length > 0 ? [...new Set(all)].join('; ') : undefined;
  }
  if (!isRecord(value)) return undefined;
  const named = byName(value);
  for (const name of messageNames) {
    const words = wordsOf(named.get(name), depth + 1);
    if (words !== undefined) return withPlace(words, value.loc);
  }
  return undefined;
}

/** FastAPI says in `loc` which member of the body it means. */
function withPlace(words: string, loc: unknown): string {
  const place = Array.isArray(loc)
    ? loc
        .slice(0, limits.depth)
        .filter((part) => part !== 'body' && /^(string|number)$/.test(typeof part))
        .join('.')
    : '';
  return place === '' ? words : `${place}: ${words}`;
}

/** Where no member has a name that is known: the first text that is one of several words, or the first of all. */
function anyWords(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const texts = [...byName(value)].flatMap(([name, member]) => {
    if (labelNames.has(name)) return [];
    return typeof member === 'string' ? member.trim() || [] : (anyWords(member) ?? []);
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

/** The object, or list, that a text holds as JSON. */
function heldIn(text: string): unknown {
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

/** Whether a code tells success, or nothing. */
function isSuccess(code: unknown): boolean {
  if (typeof code !== 'string') return typeof code !== 'number' || code === 0 || code === 200;
  return /^(0+|200|ok|success|succeeded|null|none)?$/i.test(code.trim());
}

/** Whether a member for errors holds one. Beside an answer a bare flag or number is no error. */
function tellsError(error: unknown, answers: boolean): boolean {
  if (typeof error === 'string') return !isSuccess(error) && !isSignOfLife(error);
  if (!isRecord(error)) return !answers && (error === true || (typeof error === 'number' && error !== 0));
  const members = Object.entries(error);
  const isCode = (name: string): boolean => [...codeNames, 'status'].includes(plainName(name));
  if (members.some(([name, member]) => isCode(name) && !isRecord(member) && !isSuccess(member))) return true;
  if (isSignOfLife(wordsOf(error) ?? '')) return false;
  return members.some(([name, member]) => {
    if (isRecord(member)) return tellsError(member, answers);
    return isCode(name) || typeof member === 'string' ? !isSuccess(member) : Boolean(member);
  });
}

/** Whether a choice of an answer has something in it. */
function brings(choice: unknown): boolean {
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

/** What proxies and servers send so that a connection is not closed, or to say that all is well. */
function isSignOfLife(text: string): boolean {
  return /^[\s\p{P}\p{S}]{0,4}(keep-?_? ?alive|heart-?_? ?beat|ping|pong|alive|ok|okay|success|no error|null|none|false|connected|connecting|processing|queued|open|start|started|end|done|成功|正常|处理中|排队中)[\s\p{P}\p{S}]{0,4}$/iu.test(
    text,
  );
}
