import assert from 'node:assert/strict';
import { listPageTexts } from '../../../scripts/build/pageTexts.ts';
import { pageTexts } from '../../../src/ui/host/pageTexts.ts';
import { translations } from '../../support/translations.ts';

describe('the texts that a page gets', () => {
  const chinese = translations('zh-cn');

  it('are those that pages show, in Chinese', function () {
    this.timeout(60_000);
    const shown = listPageTexts();
    const texts = JSON.parse(pageTexts(chinese, shown));
    assert.deepEqual(Object.keys(texts).sort(), shown);
    assert.equal(texts['Send (Enter)'], chinese['Send (Enter)']);
    // A third of all: the host has texts of its own.
    assert.ok(shown.length > 300 && shown.length < Object.keys(chinese).length / 2, String(shown.length));
  });

  it('are none in English, and all where the list is missing', () => {
    assert.equal(pageTexts(undefined), '{}');
    assert.equal(pageTexts(undefined, ['Send']), '{}');
    assert.deepEqual(JSON.parse(pageTexts(chinese)), chinese);
  });

  it('lack what is not translated, and cannot end the element they stand in', () => {
    const json = pageTexts({ a: '</script><script>' }, ['a', 'b']);
    assert.doesNotMatch(json, /</);
    assert.deepEqual(JSON.parse(json), { a: '</script><script>' });
  });
});
