import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { findHidden, markHidden } from '../../../src/base/common/hiddenText.ts';
import { markdownText, plainLine, plainLines } from '../../../src/base/common/plainText.ts';
import { assertCpuWithin } from '../../support/cpuTime.ts';

/** As VS Code 1.139 has them: `LINK_REGEX` in linkedText.ts, `labelWithIconsRegex` in iconLabels.ts, and the one of screen readers. */
const linkOfVsCode = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
const iconOfVsCode = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/g;
const iconForScreenReaders = /\$\((.*?)\)/g;

/** Notifications take this from a message before they look for links. */
const asNotification = (text: string) =>
  text
    .slice(0, 1000)
    .replace(/(\r\n|\n|\r)/gm, ' ')
    .trim();

const pieces = [
  ...'[ ] ( ) ]( $( $ \\ < > ! " \' * _ ` ~ : / & # command: file: FILE: http:// https:// a.b/c x 检 check sync~spin'.split(
    ' ',
  ),
  ...'[x](command:workbench.action.terminal.new) [x](file:///etc/passwd) $(check) <command:x> ![x](http://y/z)'.split(
    ' ',
  ),
  ...[
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\t',
    '\u00a0',
    '\u2028',
    '\u0000',
    '\u001b[31m',
    '\u200b',
    '\u200d',
    '\u202e',
  ],
  ...[
    '\ufeff',
    '\ud800',
    '\udc00',
    '\u{e0041}\u{e0042}',
    '\ufe0f',
    '\u061c',
    '\u0600',
    'خ\u200d\u061c',
    '\u180b',
  ],
  ...['👩‍👩‍👧', '🏳️‍🌈', '1️⃣', '葛\u{e0100}', 'می\u200cخ'],
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 30 })
  .map((parts) => parts.join(''));
/** What a template of ours is filled with before the whole passes the gate, or, wrongly, one by one. */
const template = fc.tuple(hostile, hostile).map(([a, b]) => `${a} (${b}). [${a}](${b}) $(${b}) <${a}>`);
const any = fc.oneof(hostile, template);

const gates = Object.entries({ plainLine, plainLines });
const markdown = new MarkdownIt({ linkify: true });

function linksOf(text: string): string[] {
  return markdown
    .parseInline(text, {})
    .flatMap(({ children }) => children ?? [])
    .flatMap((token) => token.attrGet('href') ?? token.attrGet('src') ?? [])
    .map(String);
}

describe('the gate of texts that VS Code shows', () => {
  for (const [name, gate] of gates) {
    it(`${name} leaves no link, no icon, no control and no hidden character`, () => {
      fc.assert(
        fc.property(any, (text) => {
          const shown = gate(text);
          for (const seen of [shown, asNotification(shown)]) {
            assert.deepEqual(seen.match(linkOfVsCode), null);
            assert.deepEqual(seen.match(iconOfVsCode), null);
            assert.deepEqual(seen.match(iconForScreenReaders), null);
          }
          assert.deepEqual(findHidden(shown), []);
          assert.doesNotMatch(
            shown,
            name === 'plainLine' ? /\p{Cc}|[\u2028\u2029]/u : /(?!\n)\p{Cc}|[\u2028\u2029]/u,
          );
        }),
        { numRuns: 2000 },
      );
    });

    it(`${name} changes nothing that has passed it`, () => {
      fc.assert(
        fc.property(any, (text) => assert.equal(gate(gate(text)), gate(text))),
        { numRuns: 2000 },
      );
    });

    it(`${name} leaves nothing that runs in Markdown either, trusted or not`, () => {
      fc.assert(
        fc.property(any, (text) => {
          const runs = linksOf(`**${gate(text)}**`).filter((link) => !/^(https?:|mailto:)/i.test(link));
          assert.deepEqual(runs, []);
        }),
        { numRuns: 1000 },
      );
    });

    it(`${name} keeps every character that can be read`, () => {
      const visible = fc.constantFrom(...pieces.filter((piece) => findHidden(piece).length === 0));
      fc.assert(
        fc.property(fc.array(visible, { maxLength: 20 }), (parts) => {
          const text = parts.join('');
          // Joined pieces can hide something that none of them holds.
          fc.pre(findHidden(text).length === 0);
          assert.equal(gate(text).replace(/\s/g, ''), text.replace(/\s/g, ''));
        }),
      );
    });

    it(`${name} cuts where a character ends, and says so`, () => {
      const long = `${'a👩‍👩‍👧'.repeat(1200)}`;
      const shown = gate(long);
      assert.ok(shown.length <= (name === 'plainLine' ? 1000 : 4000));
      assert.match(shown, /(a👩‍👩‍👧|a👩‍👩|a👩|a)…$/u);
      assert.deepEqual(findHidden(shown), []);
      assert.equal(gate(shown), shown);
    });

    it(`${name} takes no time for a text of any length`, () => {
      const text = `[x](command:y) $(z) ${'['.repeat(500)}\u202e`;
      const long = text.repeat(40_000);
      assertCpuWithin(300, () => void gate(long), name);
    });
  }

  it('reads well', () => {
    assert.equal(
      plainLine('[Allow…](command:workbench.action.terminal.new?{}) $(check)\n<file:///etc>\u202e'),
      '[Allow…] (command:workbench.action.terminal.new?{}) $ (check) < file:///etc>',
    );
    assert.equal(
      plainLine('a model’s name: Qwen3-Max (2025) [preview]'),
      'a model’s name: Qwen3-Max (2025) [preview]',
    );
    assert.equal(plainLines('one\r\n\n  two  three\n'), 'one\n\n two three');
    assert.equal(plainLines('x\n'.repeat(100)), `${'x\n'.repeat(39)}x…`);
  });

  it('says when more was cut than can be seen', () => {
    assert.equal(plainLine(`a${'\u200b'.repeat(100_000)}b`), 'a…');
    assert.equal(plainLine('abcdef', 4), 'abc…');
  });
});

describe('text in Markdown', () => {
  it('is shown as it is, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [inline] = markdown.parseInline(markdownText(text), {});
        const tokens = inline?.children ?? [];
        assert.deepEqual(
          tokens.filter(({ type }) => !['text', 'text_special', 'hardbreak', 'softbreak'].includes(type)),
          [],
        );
        const shown = tokens.map(({ type, content }) => (type.endsWith('break') ? ' ' : content)).join('');
        const words = (one: string) => one.replace(/\s+/g, ' ').trim();
        assert.equal(words(shown), words(markHidden(text)));
      }),
      { numRuns: 2000 },
    );
  });

  it('is no block of Markdown either', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('# a', '- b', '1. c', '    d', '```', '> e', '|f|g|', '---', '===', '\n', '\t'),
          {
            maxLength: 12,
          },
        ),
        (lines) => {
          const blocks = markdown.parse(markdownText(lines.join('\n')), {}).map(({ type }) => type);
          assert.deepEqual(
            blocks.filter((type) => !/^(paragraph_(open|close)|inline)$/.test(type)),
            [],
          );
        },
      ),
    );
  });
});
