/** A page that does not come is written again, with a clock of the test's. */

import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type * as vscode from 'vscode';
import { loadFailed } from '../../../src/ui/common/loadFailed.ts';
import { fillPage } from '../../../src/ui/host/fillPage.ts';
import { commands, window } from '../../support/standIn/vscode.ts';

describe('filling a page', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 }));
  afterEach(() => {
    mock.timers.reset();
    delete window.showErrorMessage;
    commands.executed.length = 0;
  });

  function setUp({ answer }: { answer?: boolean } = {}) {
    const told: string[] = [];
    window.showErrorMessage = async (message: string, ...choices: unknown[]) => {
      told.push(message);
      return answer ? choices.at(-1) : undefined;
    };
    const pages: string[] = [];
    let hear: ((message: unknown) => void) | undefined;
    let close = (): void => {};
    const place = {
      viewType: 'qiao.chat',
      visible: true,
      webview: {
        set html(html: string) {
          pages.push(html);
        },
        onDidReceiveMessage(listener: (message: unknown) => void) {
          hear = listener;
          return {
            dispose: () => {
              hear = undefined;
            },
          };
        },
      },
      onDidDispose(listener: () => void) {
        close = listener;
      },
    };
    let count = 0;
    const html = (): string => `page ${++count}`;
    const log = { warn: () => {} } as unknown as vscode.LogOutputChannel;
    fillPage(place as unknown as vscode.WebviewView, html, log);
    return { told, pages, place, say: (message: unknown) => hear?.(message), close: () => close() };
  }

  it('writes it once if it comes', () => {
    const { pages, say } = setUp();
    say({ type: 'view-ready' });
    mock.timers.tick(600_000);
    assert.deepEqual(pages, ['page 1']);
  });

  it('writes it anew at once when a file of it did not come', () => {
    const { pages, say, told } = setUp();
    say(loadFailed);
    assert.deepEqual(pages, ['page 1', 'page 2']);
    say({ type: 'view-ready' });
    mock.timers.tick(600_000);
    assert.deepEqual(pages, ['page 1', 'page 2']);
    assert.deepEqual(told, []);
  });

  it('tells the user in the end, who can reload the window', async () => {
    const { pages, say, told } = setUp({ answer: true });
    for (let time = 0; time < 4; time++) {
      say(loadFailed);
      // As a page whose script comes, but no style sheet.
      say({ type: 'view-ready' });
    }
    assert.equal(pages.length, 4);
    assert.equal(told.length, 1);
    await new Promise(setImmediate);
    assert.deepEqual(commands.executed, [['workbench.action.reloadWindow']]);
  });

  it('counts anew after a minute', () => {
    const { pages, say, told } = setUp();
    for (let time = 0; time < 3; time++) say(loadFailed);
    say({ type: 'view-ready' });
    mock.timers.tick(60_001);
    for (let time = 0; time < 3; time++) say(loadFailed);
    assert.equal(pages.length, 7);
    assert.deepEqual(told, []);
  });

  it('waits longer each time for a page that says nothing, and then leaves it', () => {
    const { pages, told } = setUp();
    for (const [wait, count] of [
      [9_999, 1],
      [1, 2],
      [19_999, 2],
      [1, 3],
      [39_999, 3],
      [1, 4],
      [600_000, 4],
    ] as const) {
      mock.timers.tick(wait);
      assert.equal(pages.length, count);
    }
    assert.deepEqual(told, []);
  });

  it('leaves a page alone that is hidden or closed', () => {
    const hidden = setUp();
    hidden.place.visible = false;
    const closed = setUp();
    closed.close();
    closed.say(loadFailed);
    mock.timers.tick(600_000);
    assert.equal(hidden.pages.length, 1);
    assert.equal(closed.pages.length, 1);
  });
});
