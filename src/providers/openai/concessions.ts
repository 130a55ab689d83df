/** Learns which members of a request a server refuses by name, and leaves them out of later requests. */

import type { ChatError } from '../../llm/chatError.ts';
import { isRecord, parseJson } from '../sse/json.ts';

export interface Concessions {
  /** Members to leave out of the body. */
  without: ReadonlySet<string>;
  /** Send `max_completion_tokens` in place of `max_tokens`. */
  newerLimit: boolean;
  /** Move the system message's text into the first question. */
  mergesSystem: boolean;
  /**
   * Whether assistant messages with tool calls have the member `reasoning_content`: always, empty without reasoning,
   * or never; missing: as the model's habits say.
   */
  reasoning?: 'always' | 'never';
}

const none: Concessions = { without: new Set(), newerLimit: false, mergesSystem: false };

/** By address and model; for the life of the process. */
const learned = new Map<string, Concessions>();

/** Members that are required, or whose loss would change the question. */
const needed: ReadonlySet<string> = new Set(['model', 'messages', 'stream', 'tools']);

/** Phrases that refuse a member, rather than its value. */
const refusal =
  /unsupported|not (be )?support|not a (supported|valid|known) (parameter|field|argument)|unknown|(un|not )recogni[sz]ed|unexpected|extra (inputs|fields)|not (be )?(permitted|allowed|accepted)|should not (exist|be (set|present))|does(n't| not) exist|no longer|deprecated|incompatible|cannot be (used|set|combined)|conflict|additional properties|invalid parameter:? \S{1,60}$|不(被)?支持|未知|无法识别|不允许|不能(与|和|同时)|(无效|非法)的?参数/i;

/** Phrases that may refuse a value; for members that only Qiao sets, they refuse the member. */
const objection =
  /invalid|not valid|illegal|only supports?|(may|must|should) (not )?be|not allowed|仅支持|只支持|无效|非法|错误/i;
const ownMembers: ReadonlySet<string> = new Set([
  'stream_options',
  'tool_choice',
  'parallel_tool_calls',
  'enable_thinking',
  'thinking',
  'chat_template_kwargs',
]);

/** Other spellings of members in refusals. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  tool_choice: ['tool choice'],
  chat_template_kwargs: ['enable_thinking'],
};

/** Names that are everyday words: they count only in quotation marks or behind the word "parameter". */
const ordinaryWords: ReadonlySet<string> = new Set(['stop', 'seed', 'thinking', 'temperature']);

export function concessionsFor(baseUrl: string, modelId: string): Concessions {
  return learned.get(keyOf(baseUrl, modelId)) ?? none;
}

/**
 * Learns from a refusal of `sentBody`. `true`: the next body will differ, so send again. Refusals name members only
 * in their message (OpenAI, vLLM, FastAPI, DashScope and gateways alike).
 */
export function learnFrom(failure: ChatError, sentBody: string, baseUrl: string, modelId: string): boolean {
  if (failure.kind === 'context-too-long') return false;
  const refuses = failure.kind === 'invalid-request' || failure.kind === 'unexpected';
  if (!refuses && failure.status !== 400 && failure.status !== 422) return false;
  const body = parseJson(sentBody);
  if (!isRecord(body)) return false;
  const known = concessionsFor(baseUrl, modelId);
  const made = concede(known, failure.message.slice(0, 4096), body);
  if (made) learned.set(keyOf(baseUrl, modelId), { ...known, ...made });
  return made !== undefined;
}

/** The concession that the message asks for, unless the sent body makes it already. */
function concede(
  known: Concessions,
  text: string,
  body: Record<string, unknown>,
): Partial<Concessions> | undefined {
  const refused = refusal.test(text);
  if (names(text, 'max_completion_tokens') && 'max_tokens' in body && (refused || /instead/i.test(text)))
    return { newerLimit: true };
  if (names(text, 'reasoning_content') && callsTools(body)) {
    const sent = sendsReasoning(body);
    const reasoning = refused && sent ? 'never' : 'always';
    const isOther =
      known.reasoning === undefined || (known.reasoning === reasoning && sent !== (reasoning === 'always'));
    return isOther && !(reasoning === 'always' && refused) ? { reasoning } : undefined;
  }
  const meansSystem =
    /system (role|message|prompt)|role\W.{0,60}\bsystem\b|invalid role|role must be|roles must alternate|only user and assistant|role of messages|messages\[0\]\.role|developer instruction|system ?角色|角色 ?system|系统(角色|消息)/i.test(
      text,
    );
  if (meansSystem && (refused || /role|instruction/i.test(text)) && hasSystem(body))
    return { mergesSystem: true };
  if (!refused && !objection.test(text)) return undefined;
  const members = Object.keys(body).filter((name) => !needed.has(name) && (refused || ownMembers.has(name)));
  const member = refusedMember(text, members);
  return member === undefined ? undefined : { without: new Set([...known.without, member]) };
}

/** The member in quotation marks, or else the first behind the refusal, or the last before it. */
function refusedMember(text: string, members: readonly string[]): string | undefined {
  const places = members.flatMap((name) =>
    [name, toCamelCase(name), ...(otherNames[name] ?? [])].flatMap((spelling) =>
      placesOf(text, spelling).map((at) => ({ name, at })),
    ),
  );
  const meant = places.filter(
    ({ name, at }) =>
      !ordinaryWords.has(name) ||
      isQuoted(text, at) ||
      /(parameter|field|argument|参数)\W{0,4}$/i.test(text.slice(0, at)),
  );
  const refusedAt = refusal.exec(text)?.index ?? 0;
  const near = ({ name, at }: { name: string; at: number }): number =>
    (isQuoted(text, at) ? 0 : 10_000) +
    (at > refusedAt ? at - refusedAt : 5000 + refusedAt - at) -
    name.length / 100;
  return meant.sort((one, other) => near(one) - near(other))[0]?.name;
}

function toCamelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Positions of the name as a separate word. */
function placesOf(text: string, name: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const around = (text[at - 1] ?? ' ') + (text[at + name.length] ?? ' ');
    if (!/[\w-]/.test(around)) places.push(at);
  }
  return places;
}

function names(text: string, name: string): boolean {
  return placesOf(text, name).length > 0;
}

function isQuoted(text: string, at: number): boolean {
  return /["'`“‘]/.test(text[at - 1] ?? ' ');
}

function messagesOf({ messages }: Record<string, unknown>): Record<string, unknown>[] {
  return Array.isArray(messages) ? messages.filter((message) => isRecord(message)) : [];
}

function hasSystem(body: Record<string, unknown>): boolean {
  return messagesOf(body).some(({ role }) => role === 'system');
}

function sendsReasoning(body: Record<string, unknown>): boolean {
  return messagesOf(body).some((message) => 'reasoning_content' in message);
}

function callsTools(body: Record<string, unknown>): boolean {
  return messagesOf(body).some((message) => Array.isArray(message.tool_calls));
}

function keyOf(baseUrl: string, modelId: string): string {
  return `${baseUrl} ${modelId}`;
}
