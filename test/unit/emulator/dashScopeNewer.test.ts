/** DashScope beyond the vendor pages of old: multimodal models, thinking, tool calls. */

import assert from 'node:assert/strict';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/index.ts';
import { pngImage, toUrl } from '../../support/images.ts';
import { dataOf, generationPath, question, send } from './client.ts';

const multimodalPath = generationPath.replace('text-generation', 'multimodal-generation');
const newest = { result_format: 'message', incremental_output: true };
const urlError = 'url error, please check url！';

const see = (content: unknown, parameters: object = {}, model = 'qwen-vl-max') => ({
  model,
  input: { messages: [{ role: 'user', content }] },
  parameters,
});
const parts = [{ image: 'https://example.com/a.png' }, { text: '这是什么？' }];

describe('emulator: newer DashScope', () => {
  let emulator: Emulator;
  const start = async (options: EmulatorOptions = {}) => {
    emulator = await startEmulator({ pace: 0, ...options });
  };
  beforeEach(() => start());
  afterEach(() => emulator.dispose());

  const messagesOf = (text: string) => dataOf(text).map((data) => Object(data).output.choices[0].message);

  describe('multimodal models', () => {
    const refusalOf = async (path: string, body: object) => {
      const { code, message } = JSON.parse((await send(emulator, { path, body })).text);
      return [code, message];
    };

    it('live on their own path, and text models on theirs', async () => {
      const refused = ['InvalidParameter', urlError];
      assert.deepEqual(await refusalOf(generationPath, see(parts)), refused);
      assert.deepEqual(await refusalOf(generationPath, see(parts, {}, 'qwen3-vl-8b-instruct')), refused);
      assert.deepEqual(await refusalOf(multimodalPath, question('q')), refused);
      assert.deepEqual(await refusalOf('/api/v1/services/aigc/image2image/generation', see(parts)), refused);
    });

    it('can be any that a test names', async () => {
      await emulator.dispose();
      await start({ multimodalModels: ['qwen9'] });
      assert.equal(
        (await send(emulator, { path: multimodalPath, body: see(parts, {}, 'qwen9') })).status,
        200,
      );
      assert.equal((await send(emulator, { body: question('q', {}, 'qwen9') })).status, 400);
    });

    it('can be told apart by an event in the stream', async () => {
      await emulator.dispose();
      await start({ streamErrorFraming: 'event' });
      const reply = await send(emulator, { stream: true, body: see(parts) });
      assert.equal(reply.status, 200);
      assert.match(reply.text, /^id:1\nevent:error\n:HTTP_STATUS\/400\ndata:{"code":"InvalidParameter"/);
      assert.match(reply.text, new RegExp(urlError));
    });

    it('take lists of parts, tolerate a text and refuse anything else', async () => {
      const status = async (content: unknown) =>
        (await send(emulator, { path: multimodalPath, body: see(content) })).status;
      assert.equal(await status(parts), 200);
      assert.deepEqual(emulator.requests[0]?.warnings, []);
      assert.equal(await status('q'), 200);
      assert.equal(emulator.requests[1]?.warnings.length, 1);
      assert.equal(await status([]), 400);
      assert.equal(await status(''), 400);
      assert.equal(await status([{ type: 'text' }]), 400);
      assert.equal(await status(1), 400);
    });

    it('refuse images as the error page says', async () => {
      const refused = async (image: unknown) =>
        (await refusalOf(multimodalPath, see([{ image }, { text: 'q' }])))[1];
      const url = /^The provided URL does not appear to be valid/;
      for (const image of ['a.png', 'file:///a.png', 'data:image/png,AAAA', 'data:text/plain;base64,QQ==', 1])
        assert.match(await refused(image), url);
      const unreadable = /^The media format is not supported/;
      const { data } = pngImage(20, 20);
      for (const image of [
        'data:image/png;base64,',
        'data:image/png;base64,QUJD',
        `data:image/jpeg;base64,${data}`,
        `data:image/png;base64,${data} !`,
      ])
        assert.match(await refused(image), unreadable);
      const size = /^The image length and width do not meet the model restrictions/;
      for (const [width, height] of [
        [1, 1],
        [10, 40],
        [20, 4020],
      ] as const)
        assert.match(await refused(toUrl(pngImage(width, height))), size);
      assert.match(
        await refused(`data:image/png;base64,${'A'.repeat(10_485_760)}`),
        /^Exceeded limit on max bytes per data-uri item/,
      );
      assert.match(await refused(undefined), /^The item of content should be a message/);
      assert.deepEqual(await refusalOf(generationPath, see(parts, {}, 'qwen2-72b-instruct')), [
        'InvalidParameter',
        'input content must be a string.',
      ]);
    });

    it('count the tokens of an image, and say what it was', async () => {
      for (const [image, tokens, text] of [
        [toUrl(pngImage(280, 560)), 202, '280 × 560 pixels'],
        [toUrl(pngImage(4000, 3000)), 1232, '4000 × 3000 pixels'],
        [toUrl(pngImage(11, 11)), 6, '11 × 11 pixels'],
        // The head of a GIF: its name, width and height.
        [
          `data:image/gif;base64,${Buffer.from('GIF89a\x54\0\x38\0').toString('base64')}`,
          8,
          '`image/gif`, 84 × 56',
        ],
        ['https://example.com/a.png', 1282, 'an address'],
      ] as const) {
        const body = see([{ image }, { text: 'abcd' }]);
        const whole = JSON.parse((await send(emulator, { path: multimodalPath, body })).text);
        assert.equal(whole.usage.input_tokens, tokens + 1);
        assert.ok(whole.output.choices[0].message.content[0].text.includes(text), text);
      }
    });

    it('answer in lists of parts', async () => {
      emulator.script({ pieces: ['一只', '猫'], times: 2 });
      const whole = JSON.parse((await send(emulator, { path: multimodalPath, body: see(parts) })).text);
      assert.deepEqual(whole.output.choices[0].message, { role: 'assistant', content: [{ text: '一只猫' }] });
      const body = see(parts, { incremental_output: true });
      const { text } = await send(emulator, { path: multimodalPath, stream: true, body });
      assert.deepEqual(
        messagesOf(text).map(({ content }) => content),
        [[{ text: '一只' }], [{ text: '猫' }], []],
      );
    });

    it('give the demo answer to the text among the parts', async () => {
      const { text } = await send(emulator, { path: multimodalPath, body: see(parts) });
      assert.match(text, /> 这是什么？/);
    });
  });

  describe('thinking', () => {
    const refusalOf = async (model: string, parameters: object = newest) => {
      const body = question('q', { ...parameters, enable_thinking: true }, model);
      const { code, message } = JSON.parse((await send(emulator, { stream: true, body })).text);
      return [code, message];
    };

    it('is refused for models that do not think', async () => {
      for (const model of ['qwen2-72b-instruct', 'yi-large', 'qwen3-coder-plus']) {
        assert.deepEqual(await refusalOf(model), [
          'InvalidParameter.NotSupportEnableThinking',
          `The model ${model} does not support enable_thinking.`,
        ]);
      }
    });

    it('is refused in the text shape', async () => {
      assert.deepEqual(await refusalOf('qwen-plus', { ...newest, result_format: 'text' }), [
        'InvalidParameter',
        'The result_format parameter must be "message" when enable_thinking is true',
      ]);
    });

    it('may be turned off for every model', async () => {
      const body = question('q', { enable_thinking: false }, 'qwen2-72b-instruct');
      assert.equal((await send(emulator, { body })).status, 200);
    });
  });

  describe('tool calls', () => {
    const toolCalls = [
      { id: 'one', name: 'f', arguments: '{"city":"北京"}' },
      { id: 'two', name: 'g', arguments: '' },
    ];
    const call = (index: number, id: string, name: string, text: string) => ({
      function: { name, arguments: text },
      index,
      id,
      type: 'function',
    });
    const ask = (parameters: object, stream = true) => {
      emulator.script({ pieces: [], toolCalls });
      return send(emulator, { stream, body: question('q', { ...parameters }, 'qwen-plus') });
    };

    it('come in several pieces, with id and name in the first', async () => {
      const { text } = await ask(newest);
      assert.deepEqual(
        messagesOf(text).map(({ tool_calls: calls }) => calls),
        [
          [call(0, 'one', 'f', '')],
          [call(0, '', '', '{"city":')],
          [call(0, '', '', '"北京"}')],
          [call(1, 'two', 'g', '')],
          undefined,
        ],
      );
      assert.match(text, /"finish_reason":"tool_calls"/);
    });

    it('grow in cumulative frames', async () => {
      const { text } = await ask({ result_format: 'message' });
      const grown = messagesOf(text).map(({ tool_calls: calls }) =>
        calls.map((made: { function: { arguments: string } }) => made.function.arguments),
      );
      assert.deepEqual(grown, [
        [''],
        ['{"city":'],
        ['{"city":"北京"}'],
        ['{"city":"北京"}', ''],
        ['{"city":"北京"}', ''],
      ]);
    });

    it('come whole, and as a message even if texts were asked for', async () => {
      for (const parameters of [{ result_format: 'message' }, {}]) {
        const { output } = JSON.parse((await ask(parameters, false)).text);
        assert.deepEqual(output.choices[0].message.tool_calls, [
          call(0, 'one', 'f', '{"city":"北京"}'),
          call(1, 'two', 'g', ''),
        ]);
        assert.equal(output.choices[0].finish_reason, 'tool_calls');
      }
    });
  });

  it('can leave the finish out', async () => {
    emulator.script({ pieces: ['a'], omit: ['finish'] });
    const reply = await send(emulator, { stream: true, body: question('q', newest) });
    assert.deepEqual(
      messagesOf(reply.text).map(({ content }) => content),
      ['a'],
    );
  });
});
