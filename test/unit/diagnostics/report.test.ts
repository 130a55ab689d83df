import assert from 'node:assert/strict';
import {
  type Check,
  type Finding,
  ok,
  problem,
  skipped,
  warning,
} from '../../../src/diagnostics/host/check.ts';
import { checkGroups } from '../../../src/diagnostics/host/checkGroups.ts';
import type { DiagnosticInput } from '../../../src/diagnostics/host/diagnosticInput.ts';
import { writeReport } from '../../../src/diagnostics/host/report.ts';
import { runChecks } from '../../../src/diagnostics/host/runChecks.ts';
import { scrub } from '../../../src/diagnostics/host/scrub.ts';
import { speak } from '../../support/standIn/vscode.ts';

const check = (title: string, run: (signal: AbortSignal) => Promise<Finding>): Check => ({ title, run });
const signal = new AbortController().signal;

describe('diagnostics: running the checks', () => {
  it('runs them together, in order of the report, and tells how far it is', async () => {
    const ended: string[] = [];
    const endings = new Map<string, () => void>();
    const slow = (name: string) =>
      check(name, async () => {
        await new Promise<void>((resolve) => endings.set(name, resolve));
        ended.push(name);
        return ok('done');
      });
    const progress: string[] = [];
    const running = runChecks([{ title: 'all', checks: [slow('a'), slow('b'), slow('c')] }], {
      signal,
      onProgress(done, all) {
        progress.push(`${done}/${all}`);
        endings.get(done === 1 ? 'b' : 'a')?.();
      },
    });
    endings.get('c')?.();
    const [group] = await running;
    assert.deepEqual(ended, ['c', 'b', 'a']);
    assert.deepEqual(
      group?.results.map(({ title }) => title),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(progress, ['1/3', '2/3', '3/3']);
  });

  it('leaves one behind that hangs, and one that throws, without its words', async () => {
    const hanging = check('hanging', () => new Promise(() => {}));
    const failing = check('failing', async () => {
      throw Object.assign(new Error('/home/someone/secret'), { code: 'EBROKEN' });
    });
    const groups = [{ title: 'all', checks: [hanging, failing, check('sound', async () => ok('fine'))] }];
    const [group] = await runChecks(groups, { signal, timeoutMs: 60 });
    assert.deepEqual(
      group?.results.map(({ status }) => status),
      ['problem', 'warning', 'ok'],
    );
    assert.match(group?.results[1]?.text ?? '', /EBROKEN/);
    assert.doesNotMatch(JSON.stringify(group), /someone/);
  });

  it('ends when it is cancelled', async () => {
    const controller = new AbortController();
    const hanging = check('hanging', () => new Promise(() => {}));
    const run = runChecks([{ title: 'all', checks: [hanging] }], { signal: controller.signal });
    controller.abort();
    await assert.rejects(run, { name: 'AbortError' });
  });
});

describe('diagnostics: the report', () => {
  const command = { title: 'Do It', command: 'do.it', arguments: ['now'] };
  const groups = [
    {
      title: 'One',
      subtitle: 'dashscope',
      results: [
        { title: 'A', ...ok('fine') },
        { title: 'B', ...warning('hm', { text: 'Look at it.' }) },
        { title: 'C', ...problem('bad', { text: 'Mend it.', command }) },
        { title: 'D', ...skipped('No need.', { text: 'Try it.', command }) },
      ],
    },
  ];

  it('counts, puts problems first, and knows the lines of the steps', () => {
    const { text, counts, steps } = writeReport(groups, 0);
    assert.deepEqual(counts, { ok: 1, warning: 1, problem: 1, skipped: 1 });
    const lines = text.split('\n');
    assert.match(text, /1970-01-01T00:00Z/);
    assert.ok(text.indexOf('Mend it.') < text.indexOf('Look at it.'));
    assert.deepEqual(
      steps.map(({ line }) => lines[line + 1]?.includes('→')),
      [true, true],
    );
  });

  it('puts a skipped check’s step below it', () => {
    const { text, steps } = writeReport(groups, 0);
    assert.match(text, /^- – D: skipped: No need\.\n {2}→ Try it\.$/m);
    assert.equal(text.split('\n').indexOf('- – D: skipped: No need.'), steps.at(-1)?.line);
  });

  it('gives names and codes from elsewhere no line, link or tag of their own', () => {
    const evil = 'x\n# Title\n![a](http://evil.example) <img src=x> `code`';
    const { text } = writeReport([{ title: evil, results: [{ title: 'A', ...problem(evil) }] }], 0);
    assert.doesNotMatch(text, /^# Title/m);
    assert.doesNotMatch(text, /\]\(|<img|`/);
  });

  it('hides secrets in every spelling, and folders', () => {
    const hidden = { secrets: ['p@ss/word', 'user', 'abc', ''], folders: ['/home/someone', '/'] };
    const basic = Buffer.from('p@ss/word').toString('base64');
    // Escaped in part and in capitals; and a word too common to be looked for in answers.
    const spelt = `p@ss/word p%40ss%2Fword P\\u0040SS\\/WORD ${basic} user`;
    const text = scrub(`${spelt} abc /home/someone/x https://a/b`, hidden);
    assert.equal(text, '[…] […] […] […] […] abc ~/x https://a/b');
  });

  for (const language of ['en', 'zh-cn'] as const) {
    it(`holds no secret, whatever goes wrong (${language})`, async () => {
      speak(language);
      try {
        const results = await runChecks(checkGroups(hostileInput()), { signal });
        const { text, counts } = writeReport(results, Date.now());
        assert.ok(counts.problem >= 3, text);
        // Before scrubbing: no check may rely on it.
        assert.doesNotMatch(text, /hush|someone|my-project/i);
        assert.equal(/Next steps/.test(text), language === 'en');
        assert.equal(/后续步骤/.test(text), language === 'zh-cn');
        if (language === 'zh-cn') assert.doesNotMatch(text, /\b(the|is|and|check)\b/i);
      } finally {
        speak('en');
      }
    });
  }
});

/** Everything that must stay out of a report holds one of the words that the test looks for. */
function hostileInput(): DiagnosticInput {
  const connection = (address: string, proxyUrl?: string): DiagnosticInput['connections'][number] => ({
    profile: {
      id: 'gateway',
      name: 'Gateway',
      provider: 'openai',
      baseUrl: address,
      headers: { 'x-token': 'hush-header' },
    },
    secrets: { apiKey: 'sk-hush-0123456789' },
    address,
    network: { proxyUrl, proxyAuthorization: 'Basic hush-basic', noProxy: '<-loopback>' },
    chosen: true,
    modelId: 'some-model',
    hasStoredKey: async () => true,
  });
  return {
    connections: [
      connection('https://hush-user:hush-password@qiao.invalid/hush-path/v1?access_token=hush-token'),
      connection('http://127.0.0.1:9/v1', 'http://hush-user:hush-password@127.0.0.1:9'),
      connection('https://qiao.invalid/v1', 'socks5://hush-user:hush-password@127.0.0.1:9'),
      connection('hush-address'),
    ],
    demo: true,
    proxySource: 'http.proxy',
    certificates: { extraFile: '/home/someone/hush.pem', strictSsl: true },
    settings: {
      connections: ['hush-entry'],
      model: 'hush-model/x',
      environment: { ALL_PROXY: 'socks5://hush-user:hush-password@127.0.0.1:1' },
      hasProxy: false,
    },
    trust: { trusted: false, open: true },
    versions: {
      qiao: '1.0.0',
      vscode: '1.104.0',
      appHost: 'desktop',
      remote: undefined,
      node: '22.0.0',
      system: 'linux',
      language: 'en',
    },
    historyFolder: '/dev/null/someone/conversations',
    history: {
      list: async () => {
        throw Object.assign(new Error('/home/someone/hush'), { code: 'EIO' });
      },
      trouble: undefined,
    },
    hidden: { secrets: [], folders: [] },
  };
}
