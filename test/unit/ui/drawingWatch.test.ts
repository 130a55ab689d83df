/** How long the page of diagrams may stay silent, with a clock of the test's. */

import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createDrawingWatch } from '../../../src/ui/host/drawingWatch.ts';

describe('the watch over a drawing', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  function setUp() {
    const late = mock.fn();
    return { watch: createDrawingWatch(late), late };
  }

  it('leaves a page alone that answers or is gone', () => {
    const { watch, late } = setUp();
    watch.done(watch.start(10_000));
    assert.equal(watch.waits, false);
    watch.start(10_000);
    watch.clear();
    mock.timers.tick(60_000);
    assert.equal(late.mock.callCount(), 0);
  });

  it('says once that a page does not answer in time', () => {
    const { watch, late } = setUp();
    watch.start(10_000);
    mock.timers.tick(9_999);
    assert.ok(watch.waits);
    assert.equal(late.mock.callCount(), 0);
    mock.timers.tick(60_000);
    assert.equal(watch.waits, false);
    assert.equal(late.mock.callCount(), 1);
  });

  it('takes no answer about the drawing before', () => {
    const { watch, late } = setUp();
    const first = watch.start(10_000);
    watch.start(10_000);
    watch.done(first);
    mock.timers.tick(10_000);
    assert.equal(late.mock.callCount(), 1);
  });
});
