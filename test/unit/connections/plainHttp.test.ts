import assert from 'node:assert/strict';
import { createPlainHttpConsent } from '../../../src/connections/host/plainHttp.ts';
import { createMemento } from '../../support/memento.ts';
import { window } from '../../support/standIn/vscode.ts';

const origin = 'http://gateway.corp:8000';

describe('the question about an address without encryption', () => {
  const { showWarningMessage } = window;
  let asked: string[] = [];
  let answer: string | undefined;
  beforeEach(() => {
    asked = [];
    answer = undefined;
    window.showWarningMessage = async (text: string) => {
      asked.push(text);
      return answer;
    };
  });
  afterEach(() => {
    window.showWarningMessage = showWarningMessage;
  });

  it('is asked once, and the yes is kept for this very origin', async () => {
    const state = createMemento();
    answer = 'Send Without Encryption';
    const consent = createPlainHttpConsent(state);
    assert.equal(consent.has(origin), false);
    assert.deepEqual(await Promise.all([consent.ask(origin), consent.ask(origin)]), [true, true]);
    assert.deepEqual(asked, [`Send the key to ${origin} without encryption?`]);
    const later = createPlainHttpConsent(state);
    assert.deepEqual([later.has(origin), await later.ask(origin), asked.length], [true, true, 1]);
    for (const other of ['http://gateway.corp', 'http://gateway.corp:8001', 'http://evil.corp:8000'])
      assert.equal(later.has(other), false, other);
  });

  it('takes a refusal for the whole window, until the user sets or tests the address', async () => {
    const consent = createPlainHttpConsent(createMemento());
    assert.deepEqual([await consent.ask(origin), await consent.ask(origin), asked.length], [false, false, 1]);
    answer = 'Send Without Encryption';
    assert.equal(await consent.askAbout(`${origin}/v1`), true);
    assert.deepEqual([await consent.ask(origin), asked.length], [true, 2]);
  });

  it('is not asked about addresses that are encrypted, or of this machine', async () => {
    const consent = createPlainHttpConsent(createMemento());
    for (const address of ['https://gateway.corp/v1', 'http://localhost:11434/v1', 'http://[::1]/v1', ''])
      assert.equal(await consent.askAbout(address), true, address);
    assert.deepEqual(asked, []);
  });
});
