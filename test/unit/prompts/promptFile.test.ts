// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables of prompts are written like that.
import assert from 'node:assert/strict';
import { isPromptName, parsePromptFile, tame } from '../../../src/prompts/host/promptFile.ts';
import { parseVariables } from '../../../src/prompts/host/promptVariables.ts';

const kinds = (text: string): string[] => parsePromptFile(text, 'a.md').problems.map(({ kind }) => kind);

describe('a prompt file', () => {
  it('is front matter and text', () => {
    const { file, problems } = parsePromptFile(
      '---\r\nname: 解释日志\r\ndescription: 说明\r\nmodel: dashscope/qwen-max\r\nparameters:\r\n  temperature: 0.2\r\ncontext: [selection, problems]\r\n---\r\n看 ${selection}\r\n',
      'log.md',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(file, {
      name: '解释日志',
      description: '说明',
      model: 'dashscope/qwen-max',
      parameters: { temperature: 0.2 },
      context: ['selection', 'problems'],
      parts: [{ kind: 'text', text: '看 ' }, { kind: 'selection' }],
    });
  });

  it('needs no front matter, and has its file’s name then', () => {
    assert.equal(parsePromptFile('Say hello.', 'hello-2.md').file?.name, 'hello-2');
    assert.equal(parsePromptFile('\uFEFF---\n---\nhi', 'b.MD').file?.name, 'b');
  });

  it('says what is wrong, and where', () => {
    const text = '---\ndescription: 3\ntools: [shell]\n---\nHi ${nobody}';
    const places = parsePromptFile(text, 'a.md').problems.map(({ kind, start, end }) => [
      kind,
      text.slice(start, end),
    ]);
    assert.deepEqual(places.sort(), [
      ['unknown-key', 'tools'],
      ['unknown-variable', '${nobody}'],
      ['wrong-type', '3'],
    ]);
    assert.ok(kinds('---\nname: [\n---\nx').includes('yaml'));
    assert.deepEqual(kinds('---\nname: a'), ['open-front-matter']);
    assert.deepEqual(kinds('---\nname: a\n---\n \n'), ['empty-text']);
    assert.deepEqual(kinds('---\ncontext: [terminal]\n---\nx'), ['unknown-value']);
    assert.deepEqual(kinds('---\nparameters: {stream: false}\n---\nx'), ['wrong-type']);
    assert.deepEqual(kinds('---\n- a\n---\nx'), ['wrong-type']);
  });

  it('names no tools, commands or addresses, and is no bomb', () => {
    for (const key of ['tools', 'command', 'url', 'baseUrl', '__proto__', 'constructor'])
      assert.ok(kinds(`---\n${key}: x\n---\nx`).length > 0, key);
    const bomb = ['a: &a [x,x]', 'b: &b [*a,*a]', 'c: [*b,*b]'].join('\n');
    assert.ok(kinds(`---\n${bomb}\n---\nx`).length > 0);
  });

  it('has a harmless name and description', () => {
    for (const name of ['解释', 'sql_review-2', 'naïve']) assert.ok(isPromptName(name), name);
    for (const name of ['', 'a b', 'a/b', '[a](b)', 'a\nb', 'a\u202Eb', 'x'.repeat(61)])
      assert.ok(!isPromptName(name), name);
    assert.equal(tame('a\n\u202Eb\u0007  c'), 'a b c');
  });
});

describe('variables of a prompt', () => {
  it('are known ones, and inputs with presets or choices', () => {
    const { parts, problems } = parseVariables(
      '${language} ${input:Name} ${input:Name:a:b} ${input:标题|甲|乙} $${x} $5',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      parts.filter(({ kind }) => kind !== 'text'),
      [
        { kind: 'language' },
        { kind: 'input', label: 'Name', preset: '', choices: [] },
        { kind: 'input', label: 'Name', preset: 'a:b', choices: [] },
        { kind: 'input', label: '标题', preset: '', choices: ['甲', '乙'] },
      ],
    );
    const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    assert.ok(text.endsWith(' ${x} $5'), text);
  });

  it('are reported when they are none', () => {
    const problems = parseVariables('${a} ${input:} ${selection').problems;
    assert.deepEqual(
      problems.map(({ kind }) => kind),
      ['unknown-variable', 'empty-input', 'open-variable'],
    );
  });
});
