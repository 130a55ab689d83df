/** Snippets that can run here are run: the emulator gets the request that Qiao's own provider sends, and they print the answer. */

import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import type { ChatRequest } from '../../../src/llm/chatModel.ts';
import type { Snippet, SnippetRequest } from '../../../src/providers/common/snippetRequest.ts';
import { type Connection, createChatModel } from '../../../src/providers/index.ts';
import { targetsFor } from '../../../src/snippets/common/targets.ts';
import { collect } from '../../support/collect.ts';
import { comments, createSnippetFolder, has, runSnippet, snippetRequest } from '../../support/snippets.ts';
import { allSnippets } from './allSnippets.ts';
import { hostileText, secrets, snippetCases } from './cases.ts';

const answer = 'Die "Brücke"\n\n桥 🌉\u2028\\n $HOME `x`\n  Ende';

/** What runs here: plain HTTP everywhere, and the libraries that npm has. */
const runnable = /^(curl|node-|python-requests)/;

/** Where not all are run: with curl, which takes no time, every request; with the other targets one. */
const oneOf: Readonly<Record<string, string>> = {
  'node-fetch': 'Qianfan v1 by token, streamed',
  'node-openai': 'DashScope compatible, in one piece',
  'node-qianfan': 'Qianfan v1 by signature, streamed',
  'python-requests': 'DashScope, streamed',
};
const isRun = (target: string, title: string): boolean =>
  allSnippets || target === 'curl' || oneOf[target] === title;

describe('snippets that run', () => {
  let emulator: Emulator;
  let place: Awaited<ReturnType<typeof createSnippetFolder>>;
  let missing: readonly string[] = [];
  const runs = new Set<string>();
  before(async () => {
    place = await createSnippetFolder();
    const tools = {
      curl: await has('curl', 'curl', ['--version']),
      'python-requests': await has('Python with requests', 'python3', ['-c', 'import requests']),
    };
    missing = Object.entries(tools).flatMap(([target, there]) => (there ? [] : [target]));
    emulator = await startEmulator({
      pace: 0,
      requireKey: false,
      accessTokens: ['24.demo-access-token'],
    });
  });
  after(async () => {
    await emulator.dispose();
    await place.dispose();
  });

  for (const { name, connection, model, request, environment } of snippetCases) {
    for (const stream of [true, false]) {
      const title = `${name}, ${stream ? 'streamed' : 'in one piece'}`;
      it(title, async () => {
        const asked: ChatRequest = { ...request, parameters: { ...request.parameters, stream } };
        const way = connection(emulator.origin);
        emulator.script({ match: { path: pathOf(way) }, text: answer });
        const own = await collect(createChatModel(way, model), asked);
        assert.equal(own.error, undefined, own.error?.message);
        assert.equal(own.text, answer);
        const expected = lastRequest(emulator, stream);

        const described = snippetRequest(way, model, asked);
        const targets = targetsFor(described).filter(({ id }) => runnable.test(id) && !missing.includes(id));
        assert.ok(targets.some(({ id }) => id !== 'python-requests'));
        for (const { id, write } of targets) {
          assert.ok(id in oneOf || id === 'curl', id);
          if (!isRun(id, title)) continue;
          emulator.script({ match: { path: pathOf(way) }, text: answer });
          const snippet = write(described, comments);
          const ran = await runSnippet(snippet, place.folder, environment);
          runs.add(`${id}, ${title}`);
          assert.equal(ran.code, 0, `${id}: ${ran.errors}\n${snippet.text}`);
          assert.deepEqual(lastRequest(emulator, stream, id), expected, id);
          if (id === 'curl') assertRaw(ran.output, described);
          else assert.equal(ran.output, `${answer}\n`, id);
        }
      });
    }
  }

  it('is each one of them at least once', () => {
    for (const [target, title] of Object.entries(oneOf))
      if (!missing.includes(target)) assert.ok(runs.has(`${target}, ${title}`), target);
  });

  it('is no longer than a shell takes, however long the question', async () => {
    const messages: ChatRequest['messages'] = [
      { role: 'user', content: `${hostileText}${"桥'".repeat(30_000)}\n${'x'.repeat(200_000)}` },
    ];
    const [dashScope] = snippetCases;
    assert.ok(dashScope);
    const { connection, environment } = dashScope;
    for (const length of [15_000, messages[0]?.content.length ?? 0]) {
      const asked = {
        messages: messages.map((message) => ({ ...message, content: message.content.slice(0, length) })),
      };
      const described = snippetRequest(connection(emulator.origin), 'qwen-turbo-latest', asked);
      for (const { id, write } of targetsFor(described)) {
        if (!runnable.test(id) || missing.includes(id)) continue;
        if (id !== 'curl' && !allSnippets) continue;
        const ran = await runSnippet(write(described, comments), place.folder, environment);
        assert.equal(ran.code, 0, `${id}: ${ran.errors}`);
        assert.deepEqual(emulator.requests.at(-1)?.body, described.body, id);
      }
    }
  });

  it('tells an error, and ends with one', async () => {
    const errors = [
      'DashScope, node-fetch, after 0 ',
      'DashScope compatible, node-openai, after 1 ',
      'Qianfan v1 by token, python-requests, after 1 line',
    ];
    const places = [[undefined], [1]] as const;
    // Qianfan's first interface may break off with a bare line of JSON.
    const bareToo = [...places, [1, 'line']] as const;
    for (const { name, connection, model, request, environment } of snippetCases) {
      if (!/^(DashScope|Qianfan v1 by token|DashScope compatible)$/.test(name)) continue;
      const way = connection(emulator.origin);
      const code = way.protocol === 'qianfan-v1' ? '336501' : 'InvalidParameter';
      const described = snippetRequest(way, model, request);
      for (const { id, write } of targetsFor(described)) {
        if (!/^(node-(fetch|openai)|python-requests)$/.test(id) || missing.includes(id)) continue;
        for (const [afterPieces, framing] of way.protocol === 'qianfan-v1' ? bareToo : places) {
          const title = `${name}, ${id}, after ${afterPieces ?? 0} ${framing ?? ''}`;
          if (!allSnippets && !errors.includes(title)) continue;
          emulator.script({
            match: { path: pathOf(way) },
            pieces: ['One, ', 'two.'],
            error: { status: 400, code, message: 'Told by the platform.', afterPieces, framing },
          });
          const ran = await runSnippet(write(described, comments), place.folder, environment);
          assert.notEqual(ran.code, 0, title);
          assert.match(ran.errors, /Told by the platform|InvalidParameter/, title);
        }
      }
    }
  });

  it('holds no secret, in no language', () => {
    for (const { connection, model, request } of snippetCases) {
      const described = snippetRequest(connection(emulator.origin), model, request);
      for (const { id, write } of targetsFor(described)) {
        const { text }: Snippet = write(described, comments);
        for (const secret of secrets) assert.ok(!text.includes(secret), `${id}: ${secret}`);
      }
    }
  });
});

/** Requests for tokens take no step. */
function pathOf({ protocol }: Connection): string {
  return protocol === 'dashscope' ? '/generation' : '/chat';
}

/** As far as client libraries may not differ: they add headers of their own, and Baidu's a member that says who it is. */
function lastRequest({ requests }: Emulator, stream: boolean, id = ''): object {
  const last = requests.at(-1);
  assert.ok(last);
  assert.equal(last.refusal, undefined, id);
  const { extra_parameters: _own, ...body } = last.body as Record<string, unknown>;
  const { headers } = last;
  const isBaidu = last.path.startsWith('/rpc');
  return {
    path: last.path,
    query: Object.keys(last.query),
    body: isBaidu ? { ...body, stream: body.stream ?? false } : body,
    streaming: stream,
    sse: headers['x-dashscope-sse'],
    workspace: headers['x-dashscope-workspace'],
    trace: headers['x-trace'],
    gateway: headers['x-gateway-key'],
    type: headers['content-type']?.split(';')[0],
    // A library that needs a key sends one to a server that takes none.
    key: last.path.startsWith('/v1/') ? undefined : headers.authorization?.replace(/\/[^/]+Z\/.*/, ''),
  };
}

function assertRaw(output: string, { streaming }: SnippetRequest): void {
  if (streaming) assert.match(output, /^data: ?\{/m);
  else assert.ok(JSON.stringify(JSON.parse(output)).includes(JSON.stringify(answer).slice(1, -1)));
}
