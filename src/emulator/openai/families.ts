/**
 * Scripts that answer as known servers of OpenAI's protocol do, with their deviations from it. Sources are the servers'
 * pages, code and users' reports (`provenance` in `test/fixtures/servers`); the texts are the scripts' own.
 */

import type { ScriptStep } from '../scriptStep.ts';

/** One script for each kind of answer. `thinking` and `tools` answer with `texts` and `call`. */
export interface FamilyScripts {
  plain: ScriptStep;
  thinking: ScriptStep;
  tools: ScriptStep;
  /** An error in place of an answer. */
  errorBefore: ScriptStep;
  /** An error after `texts.half`. */
  errorWithin: ScriptStep;
}

export const familyTexts = { thought: '先想一想。', text: '长城很长。', half: '长城' };
export const familyCall = { name: 'read_file', arguments: '{"path":"a.ts"}' };

type Json = Record<string, unknown>;

interface ServerBehavior {
  /** Members of every chunk. */
  chunk: Json;
  /** Deltas of a thought and the text behind it. */
  thinking: Json[];
  /** Deltas of one call of a tool. */
  tools: Json[];
  toolsReason: string;
  /** The chunks, or other frames, that end an answer of this text. */
  end(reason: string, text: string): (Json | string)[];
  /** Frames that stand between the others. */
  between?: string;
  errorBefore: [status: number, body: Json];
  errorWithin: Json;
}

const usage = { prompt_tokens: 12, completion_tokens: 7, total_tokens: 19 };
const { thought, text, half } = familyTexts;
const pieces = (whole: string, name: string): Json[] => [
  { [name]: whole.slice(0, 2) },
  { [name]: whole.slice(2) },
];
const finish = (reason: string, more: Json = {}, choice: Json = {}): Json => ({
  choices: [{ index: 0, delta: {}, finish_reason: reason, ...choice }],
  ...more,
});
const { name, arguments: argumentsText } = familyCall;
const wholeCall = (id: string, index: number | undefined = 0): Json => ({
  tool_calls: [{ index, id, type: 'function', function: { name, arguments: argumentsText } }],
});

const families = {
  zhipu: {
    chunk: { model: 'glm-4.6' },
    thinking: [...pieces(thought, 'reasoning_content'), ...pieces(text, 'content')],
    tools: [wholeCall('call_8231')],
    toolsReason: 'tool_calls',
    end: (reason) => [finish(reason, { usage })],
    errorBefore: [429, { error: { code: '1113', message: '余额不足或无可用资源包,请充值。' } }],
    errorWithin: { error: { code: '1234', message: '网络错误，错误id：202611300001，请稍后重试' } },
  },
  minimax: {
    chunk: { model: 'MiniMax-M2', base_resp: { status_code: 0, status_msg: '' } },
    thinking: [
      ...pieces(thought, 'reasoning_content').map((delta) => ({
        ...delta,
        reasoning_details: [{ type: 'reasoning.text', text: delta.reasoning_content }],
      })),
      ...pieces(text, 'content'),
    ],
    tools: [wholeCall('call_function_1')],
    toolsReason: 'tool_calls',
    // The whole message once more.
    end: (reason, said) => [
      {
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: reason, message: { role: 'assistant', content: said } }],
        usage: { total_tokens: 19 },
      },
    ],
    errorBefore: [200, { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }],
    errorWithin: { choices: null, base_resp: { status_code: 1013, status_msg: 'unknown error' } },
  },
  deepseek: {
    chunk: { model: 'deepseek-reasoner', system_fingerprint: 'fp_1' },
    thinking: [
      ...pieces(thought, 'reasoning_content').map((delta) => ({ ...delta, content: null })),
      ...pieces(text, 'content').map((delta) => ({ ...delta, reasoning_content: null })),
    ],
    tools: [
      { tool_calls: [{ index: 0, id: 'call_00_1', type: 'function', function: { name, arguments: '' } }] },
      { tool_calls: [{ index: 0, function: { arguments: argumentsText.slice(0, 8) } }] },
      { tool_calls: [{ index: 0, function: { arguments: argumentsText.slice(8) } }] },
    ],
    toolsReason: 'tool_calls',
    end: (reason) => [finish(reason, { usage: { ...usage, prompt_cache_hit_tokens: 4 } }), '[DONE]'],
    between: ': keep-alive\n\n',
    errorBefore: [
      402,
      { error: { message: 'Insufficient Balance', type: 'unknown_error', code: 'invalid_request_error' } },
    ],
    errorWithin: { error: { message: 'Service is too busy.', type: 'server_error' } },
  },
  moonshot: {
    chunk: { model: 'kimi-k2-thinking' },
    thinking: [...pieces(thought, 'reasoning_content'), ...pieces(text, 'content')],
    tools: [
      { tool_calls: [{ index: 0, id: 'read_file:0', type: 'function', function: { name, arguments: '' } }] },
      { tool_calls: [{ index: 0, function: { arguments: argumentsText } }] },
    ],
    toolsReason: 'tool_calls',
    end: (reason) => [finish(reason, {}, { usage: { ...usage, cached_tokens: 4 } }), '[DONE]'],
    errorBefore: [
      400,
      {
        error: {
          message: 'Invalid request: Your request exceeded model token limit: 8192',
          type: 'invalid_request_error',
        },
      },
    ],
    errorWithin: {
      error: {
        message: 'The engine is currently overloaded, please try again later',
        type: 'engine_overloaded_error',
      },
    },
  },
  ark: {
    chunk: { model: 'doubao-seed-1-6', service_tier: 'default' },
    thinking: [...pieces(thought, 'reasoning_content'), ...pieces(text, 'content')],
    tools: [
      { tool_calls: [{ index: 0, id: 'call_x', type: 'function', function: { name, arguments: '' } }] },
      { tool_calls: [{ index: 0, id: '', function: { name: '', arguments: argumentsText } }] },
    ],
    toolsReason: 'tool_calls',
    end: (reason) => [finish(reason), { choices: [], usage }, '[DONE]'],
    errorBefore: [
      400,
      {
        error: {
          code: 'InputTextSensitiveContentDetected',
          message: 'The request failed because the input text may contain sensitive information.',
          type: 'BadRequest',
        },
      },
    ],
    errorWithin: {
      error: {
        code: 'OutputTextSensitiveContentDetected',
        message: 'The request failed because the output text may contain sensitive information.',
        type: 'BadRequest',
      },
    },
  },
  ollama: {
    chunk: { model: 'qwen3:8b', system_fingerprint: 'fp_ollama' },
    thinking: [...pieces(thought, 'reasoning'), ...pieces(text, 'content')].map((delta) => ({
      role: 'assistant',
      content: '',
      ...delta,
    })),
    tools: [wholeCall('call_k1')],
    toolsReason: 'tool_calls',
    end: (reason) => [finish(reason), { choices: [], usage }, '[DONE]'],
    errorBefore: [
      404,
      {
        error: { message: 'model "qwen3:8b" not found, try pulling it first', type: 'api_error', code: null },
      },
    ],
    errorWithin: { error: { message: 'llama runner process has terminated', type: 'api_error' } },
  },
  vllm: {
    chunk: { model: 'Qwen/QwQ-32B' },
    // Without a parser for thoughts: the opening tag stands in the prompt.
    thinking: [...pieces(`${thought}\n</think>\n\n${text}`, 'content')],
    tools: [
      { tool_calls: [{ index: 0, id: 'chatcmpl-tool-1', type: 'function', function: { name } }] },
      { tool_calls: [{ index: 0, function: { arguments: argumentsText } }] },
    ],
    toolsReason: 'tool_calls',
    end: (reason) => [finish(reason, {}, { stop_reason: null }), { choices: [], usage }, '[DONE]'],
    errorBefore: [
      400,
      {
        object: 'error',
        message: 'This model’s maximum context length is 8192 tokens.',
        type: 'BadRequestError',
        code: 400,
      },
    ],
    errorWithin: {
      error: {
        object: 'error',
        message: 'EngineCore encountered an issue.',
        type: 'InternalServerError',
        code: 500,
      },
    },
  },
  'llama.cpp': {
    chunk: { model: 'gpt-oss-20b', timings: { prompt_n: 12 } },
    thinking: [...pieces(thought, 'reasoning_content'), ...pieces(text, 'content')],
    // No id at all.
    tools: [{ tool_calls: [{ index: 0, id: '', type: 'function', function: familyCall }] }],
    toolsReason: 'tool_calls',
    end: (reason) => [finish(reason), { choices: [], usage }, '[DONE]'],
    errorBefore: [503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }],
    errorWithin: {
      error: {
        code: 400,
        message: 'the request exceeds the available context size',
        type: 'exceed_context_size_error',
      },
    },
  },
  'new-api': {
    chunk: { model: 'gpt-4o' },
    thinking: [...pieces(`<think>${thought}</think>\n\n${text}`, 'content')],
    // Calls of other protocols, translated: every call has the same index, and no id.
    tools: [{ tool_calls: [{ index: 0, function: familyCall }] }],
    toolsReason: 'stop',
    end: (reason) => [finish(reason), { choices: [], usage }, '[DONE]'],
    between: 'data: : PING\n\n',
    errorBefore: [
      403,
      { error: { code: 'insufficient_user_quota', message: '用户额度不足', type: 'new_api_error' } },
    ],
    errorWithin: {
      error: {
        message: 'upstream error: do request failed',
        type: 'upstream_error',
        code: 'do_request_failed',
      },
    },
  },
} satisfies Record<string, ServerBehavior>;

export type Family = keyof typeof families;

export const familyNames = Object.keys(families) as readonly Family[];

/** Steps to answer a streamed request with, as that kind of server would. */
export function familyScripts(family: Family): FamilyScripts {
  const behavior: ServerBehavior = families[family];
  const { chunk, between = '' } = behavior;
  const write = (frame: Json | string): string => {
    const whole =
      typeof frame === 'string'
        ? frame
        : JSON.stringify({
            id: 'chatcmpl-1',
            object: 'chat.completion.chunk',
            created: 1764400000,
            ...chunk,
            ...frame,
          });
    return `data: ${whole}\n\n`;
  };
  const stream = (deltas: readonly Json[], last: readonly (Json | string)[]): ScriptStep => ({
    response: {
      headers: { 'content-type': 'text/event-stream' },
      body: [{ role: 'assistant', content: '' }, ...deltas]
        .map((delta) => write({ choices: [{ index: 0, delta, finish_reason: null }] }))
        .concat(last.map(write))
        .join(between),
    },
    split: 'event',
  });
  const [status, body] = behavior.errorBefore;
  return {
    plain: stream(pieces(text, 'content'), behavior.end('stop', text)),
    thinking: stream(behavior.thinking, behavior.end('stop', text)),
    tools: stream(behavior.tools, behavior.end(behavior.toolsReason, '')),
    errorBefore: {
      response: { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    },
    errorWithin: stream(pieces(half, 'content'), [behavior.errorWithin]),
  };
}
