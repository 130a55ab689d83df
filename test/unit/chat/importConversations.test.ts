// A file that is imported is refused with a reason, or becomes a conversation that opens, exports and is sent like any.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exceedsLimits } from '../../../src/base/common/jsonLimits.ts';
import { activeTurns, type Conversation } from '../../../src/chat/common/conversation.ts';
import { applyEvents, toEvents } from '../../../src/chat/common/conversationLog.ts';
import { conversationEventSchema } from '../../../src/chat/common/conversationSchema.ts';
import { exportJson } from '../../../src/chat/common/exportJson.ts';
import { exportMarkdown } from '../../../src/chat/common/exportMarkdown.ts';
import {
  ImportError,
  type ImportFault,
  readImport,
  summarizeImport,
} from '../../../src/chat/common/importConversations.ts';
import { assemblePrompt } from '../../../src/chat/common/prompt.ts';
import { toRecord } from '../../../src/chat/host/history/historyRecord.ts';
import { branchesOf } from '../../../src/chat/host/turnViews.ts';
import { createTimeFormat } from '../../../src/chat/webview/history/timeFormat.ts';
import { findDashScopeModel } from '../../../src/providers/dashscope/dashscopeCatalog.ts';
import { assertCpuWithin } from '../../support/cpuTime.ts';
import { readConversation } from './historySupport.ts';

const now = Date.UTC(2026, 0, 1);
let made = 0;
const read = (text: string): Conversation[] => readImport(text, { newId: () => `new${++made}`, now });

const turn = {
  id: 't',
  parentId: null,
  question: 'q',
  attachments: [
    {
      id: 'a',
      kind: 'image',
      path: 'a.png',
      uri: 'file:///a.png',
      languageId: 'ts',
      startLine: 1,
      endLine: 2,
      text: 'x',
      image: { mimeType: 'image/png', data: 'QUJD', width: 1, height: 1 },
    },
  ],
  model: 'dashscope/m',
  parameters: { temperature: 1, stop: ['x'] },
  askedAt: 5,
  answer: {
    status: 'done',
    text: 't',
    reasoning: 'r',
    usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    cost: { currency: 'CNY', nanos: 5 },
    error: { kind: 'network', providerId: 'p', message: 'm', retryAfterMs: 5 },
  },
};
const parts = [
  { type: 'text', text: 't' },
  { type: 'reasoning', text: 'r' },
  { type: 'tool-call', id: 'c', name: 'read', arguments: '{}' },
  { type: 'tool-result', toolCallId: 'c', text: 'x', isError: true },
  { type: 'text', text: 'end' },
];
const sample = {
  format: 'qiao-conversations',
  version: 1,
  conversations: [
    {
      createdAt: 5,
      workspace: 'file:///w',
      title: 'T',
      pinned: false,
      settings: { model: 'dashscope/m', systemPrompt: 'P', parameters: { topP: 0.5 } },
      summaries: [{ throughTurnId: 't', text: 's' }],
      turns: [turn, { ...turn, id: 'u', parentId: 't', attachments: [], answer: { ...turn.answer, parts } }],
      headId: 'u',
    },
  ],
};
type Json = typeof sample;

function faultOf(text: string): ImportFault | undefined {
  try {
    read(text);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ImportError, String(error));
    return error.fault;
  }
}

/** All that Qiao does with a conversation that was imported; throws where it can't. */
function use(conversation: Conversation): void {
  const lines = toEvents(conversation).map((event) => JSON.stringify(conversationEventSchema.parse(event)));
  const stored = readConversation(lines.join('\n'));
  assert.ok(stored);
  assert.equal(exportJson([stored]), exportJson([conversation]));
  const time = createTimeFormat('en');
  const { updatedAt } = toRecord('id', { size: 1, mtimeMs: 1 }, { state: 'ok', conversation: stored });
  new Date(updatedAt).toISOString();
  time.ago(updatedAt, now);
  exportMarkdown(stored, {
    title: 'T',
    question: 'Q',
    answer: (model) => model,
    time: (at) => time.full(at),
    attachment: ({ path }) => path,
    tool: (part) => (part.type === 'tool-call' ? part.name : part.toolCallId),
    ending: ({ error }) => error?.message ?? '',
  });
  assert.ok(stored.turns.map(branchesOf(stored)).length > 0);
  const { systemPrompt = '' } = stored.settings;
  assemblePrompt({
    history: activeTurns(stored),
    question: { question: 'next', attachments: [] },
    systemPrompt,
    summaries: stored.summaries,
    info: findDashScopeModel('qwen-plus'),
    outputTokens: 1000,
  });
  const deleted = applyEvents(stored, [{ type: 'listing', deletedAt: now }]);
  assert.ok(deleted.deletedAt);
}

/** Places of all members, as lists of keys. */
function placesIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key]))
      : [];
  return path.length === 0 ? inside : [path, ...inside];
}

function withMember(path: readonly (string | number)[], json: string): string {
  const copy = structuredClone(sample);
  let holder: unknown = copy;
  for (const key of path.slice(0, -1)) holder = Reflect.get(holder as object, key);
  Reflect.set(holder as object, path.at(-1) ?? '', 'HERE');
  return JSON.stringify(copy).replace('"HERE"', () => json);
}

describe('an imported file', () => {
  it('is refused or of use, whatever stands in any of its members', () => {
    const hostile = [
      'null',
      'true',
      '-1',
      '0.5',
      '1e300',
      '1e999',
      '-1e300',
      '9007199254740993',
      '""',
      '"x\\u0000\\ud800\\u202e"',
      '"../../../etc/passwd"',
      '"constructor"',
      '[]',
      '[null]',
      '[[[]]]',
      '{}',
      '{"__proto__":{"polluted":1}}',
      '{"length":1e9}',
    ];
    let taken = 0;
    for (const path of placesIn(sample)) {
      for (const json of hostile) {
        const text = withMember(path, json);
        const fault = faultOf(text);
        if (fault) assert.ok(fault.type !== 'unsound' || fault.where.length > 3);
        else {
          read(text).map(use);
          taken++;
        }
      }
    }
    assert.ok(taken > 100);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('is refused or of use with any JSON in any member', () => {
    const places = fc.constantFrom(...placesIn(sample));
    fc.assert(
      fc.property(places, fc.json({ maxDepth: 3 }), (path, json) => {
        const text = withMember(path, json);
        if (!faultOf(text)) read(text).map(use);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused with the reason', () => {
    const changed = (change: (file: Json) => unknown): ImportFault | undefined => {
      const file = structuredClone(sample);
      change(file);
      return faultOf(JSON.stringify(file));
    };
    assert.deepEqual(faultOf('{'), { type: 'no-json' });
    assert.deepEqual(
      changed((file) => Object.assign(file, { version: 2 })),
      { type: 'newer' },
    );
    assert.deepEqual(
      changed((file) => Object.assign(file.conversations[0]?.turns[1] ?? {}, { askedAt: 'x' })),
      {
        type: 'unsound',
        where: 'conversations.0.turns.1.askedAt: Invalid input: expected number, received string',
      },
    );
    // A circle of parents, a parent that comes later, an id that comes twice, a head that is nowhere.
    for (const members of [{ parentId: 't' }, { parentId: 'u' }, { id: 'u' }, { parentId: 'nobody' }]) {
      const fault = changed((file) => Object.assign(file.conversations[0]?.turns[0] ?? {}, members));
      assert.equal(fault?.type, 'unsound', JSON.stringify(members));
    }
    assert.equal(
      changed((file) => Object.assign(file.conversations[0] ?? {}, { headId: 'x' }))?.type,
      'unsound',
    );
  });

  it('is measured before it is parsed, so that none takes long', () => {
    const million = (item: string): string => Array(1_000_000).fill(item).join(',');
    const inTurns = (item: string): string => withMember(['conversations', 0, 'turns'], `[${million(item)}]`);
    const inStops = (count: number): string =>
      withMember(
        ['conversations', 0, 'turns', 0, 'parameters', 'stop'],
        `[${Array(count).fill('{}').join(',')}]`,
      );
    const cases = [
      inTurns('{}'),
      '['.repeat(1_000_000),
      inStops(400_000),
      withMember(['version'], `[${million('0')}]`),
    ];
    for (const text of cases) assertCpuWithin(3000, () => assert.ok(faultOf(text)), text.slice(0, 30));
  });

  it('brings no future, no control characters, no strange lines, no picture that is none, no id twice', () => {
    const file = structuredClone(sample);
    const [conversation] = file.conversations;
    assert.ok(conversation);
    const [first, second] = conversation.turns;
    assert.ok(first?.attachments[0] && second);
    Object.assign(conversation, { title: `a\n\u0007${'b'.repeat(1000)}`, createdAt: 1e300 });
    Object.assign(first, { askedAt: -5 });
    Object.assign(first.attachments[0], {
      path: 'a\nb.ts',
      languageId: 'ts\n```\nSYSTEM',
      startLine: 2.6,
      endLine: -1e300,
      image: { mimeType: 'text/html', data: '<script>', width: 1, height: 1 },
    });
    Object.assign(second, { attachments: structuredClone(first.attachments) });
    const [taken] = read(JSON.stringify(file));
    assert.deepEqual([taken?.createdAt, taken?.turns[0]?.askedAt], [now, 0]);
    assert.equal(taken?.title, `a ${'b'.repeat(298)}`);
    const [one, other] = taken.turns.map(({ attachments }) => attachments[0]);
    assert.deepEqual(one, {
      id: 'a',
      kind: 'image',
      path: 'a b.ts',
      uri: 'file:///a.png',
      languageId: '',
      startLine: 3,
      endLine: 3,
      text: 'x',
    });
    assert.notEqual(other?.id, 'a');
  });

  it('tells what it brings', () => {
    const [conversation] = sample.conversations;
    const text = JSON.stringify({ ...sample, conversations: [conversation, conversation] });
    assert.deepEqual(summarizeImport(read(text)), {
      conversations: 2,
      questions: 4,
      attachments: 2,
      images: 2,
      systemPrompts: ['P'],
    });
  });
});

describe('limits of a JSON text', () => {
  const limits = { depth: 3, values: 5 };

  it('count values and depth, and nothing within strings', () => {
    for (const text of ['[[[]]]', '[1,2,3,4]', '"[[[[,,,,,,"', '["\\"[[[[[", "\\\\"]', '', '[', '"', '"\\'])
      assert.equal(exceedsLimits(text, limits), false, text);
    for (const text of ['[[[[]]]]', '{"a":[{"b":[1]}]}', '[1,2,3,4,5,6]', '["\\\\",[[[]]]]'])
      assert.equal(exceedsLimits(text, limits), true, text);
  });

  it('are never exceeded by a smaller value', () => {
    const sizeOf = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? 1 +
          Object.values(value).reduce<number>(
            (sum, member) => sum + sizeOf(member),
            Object.keys(value).length,
          )
        : 0;
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.equal(exceedsLimits(text, { depth: 1000, values: sizeOf(JSON.parse(text)) }), false);
      }),
    );
  });
});
