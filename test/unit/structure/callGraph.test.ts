/** `npm run structure` follows calls: a hop that is gone must be told from one that is there. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CallGraph, type Hop } from '../../../scripts/structure/callGraph.ts';
import { follow } from '../../../scripts/structure/follow.ts';

const sources = {
  'tsconfig.json':
    '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "noEmit": true } }',
  'store.ts': `
    export interface Store { save(text: string): void; read(): string }
    export function createStore(tell: (text: string) => void): Store {
      return { save: (text) => tell(text), read: () => '' };
    }`,
  'session.ts': `
    import { format } from './format';
    import type { Store } from './store';
    export class Session {
      #page: ((text: string) => void) | undefined;
      readonly #emitter = { event: 0, fire(text: string) {} };
      readonly onMessage = this.#emitter.event;
      readonly #store: Pick<Store, 'save'>;
      constructor(store: Store) { this.#store = store; }
      submit(text: string) { this.#store.save(format(text)); }
      tell(text: string) { this.#page?.(text); }
      fire(text: string) { this.#emitter.fire(text); }
      async late() { const { lazy } = await import('./format'); lazy(); }
      connect(page: (text: string) => void) { this.#page = page; }
      readonly #listeners = new Set<(text: string) => void>();
      tellAll(text: string) { for (const listener of this.#listeners) listener(text); }
      add(listener: (text: string) => void) { this.#listeners.add((text) => listener(text)); }
    }`,
  'format.ts': `
    export function format(text: string) { return unused(text); }
    function unused(text: string) { return text; }
    export const lazy = () => {};`,
  'page.ts': `
    import { Session } from './session';
    import { createStore } from './store';
    export function createPage() { return { post(text: string) {} }; }
    function listen(session: Session) { void session.onMessage; }
    const page = createPage();
    const session = new Session(createStore((text) => session.tell(text)));
    session.connect(page.post);
    session.add((text) => later(text));
    function later(text: string) {}`,
  'handlers.ts': `
    type Handlers = Record<string, (text: string) => void>;
    export function dispatch(handlers: Handlers, type: string) { handlers[type]?.(''); }
    interface Receiver { handlers: Handlers }
    export function receive({ handlers }: Receiver, type: string) { handlers[type]?.(''); }
    export function createHandlers() {
      return { 'turn-submit'(text: string) {} } satisfies Handlers;
    }
    export function createOthers() { return { 'turn-stop'(text: string) {} }; }`,
};

describe('the call graph of the sources', () => {
  let folder: string;
  let graph: CallGraph;

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'qiao-calls-'));
    for (const [name, text] of Object.entries(sources)) writeFileSync(path.join(folder, name), text);
    graph = new CallGraph(path.join(folder, 'tsconfig.json'), folder);
  });
  after(() => {
    graph[Symbol.dispose]();
    rmSync(folder, { recursive: true });
  });

  const leads = (from: string, to: string, hop: Hop = 'call'): boolean =>
    graph.connects(graph.find(from), graph.find(to), hop);

  it('sees calls by name, through interfaces, of callbacks, of what is loaded later and of what is handed on', () => {
    assert.ok(leads('session.ts#submit', 'format.ts#format'));
    assert.ok(leads('session.ts#submit', 'store.ts#createStore'));
    assert.ok(leads('store.ts#createStore', 'page.ts#session'));
    assert.ok(leads('session.ts#late', 'format.ts#lazy'));
    assert.ok(leads('session.ts#tell', 'page.ts#createPage.post'));
    assert.ok(leads('session.ts#Session.fire', 'page.ts#listen', 'event'));
    assert.ok(leads('session.ts#tellAll', 'session.ts#add', 'event'));
    assert.ok(leads('handlers.ts#dispatch', "handlers.ts#'turn-submit'", 'table'));
    assert.ok(leads('handlers.ts#receive', "handlers.ts#'turn-submit'", 'table'));
  });

  it('sees none where there is none', () => {
    assert.ok(!leads('session.ts#submit', 'format.ts#unused'));
    assert.ok(!leads('session.ts#submit', 'page.ts#createPage'));
    assert.ok(!leads('session.ts#tell', 'page.ts#listen', 'event'));
    assert.ok(!leads('session.ts#tell', 'session.ts#add', 'event'));
    assert.ok(!leads('handlers.ts#dispatch', "handlers.ts#'turn-stop'", 'table'));
    assert.ok(!leads('handlers.ts#receive', "handlers.ts#'turn-stop'", 'table'));
  });

  it('names what is gone', () => {
    assert.throws(() => graph.find('format.ts#gone'), /0 functions in 1 files/);
    assert.throws(() => graph.find('gone.ts#format'), /0 functions in 0 files/);
  });

  it('is followed step by step', () => {
    const steps = [
      { at: 'session.ts#submit' },
      { at: 'format.ts#format' },
      { at: 'store.ts#createStore', from: 'session.ts#submit' },
    ];
    assert.deepEqual(follow(graph, steps), {
      files: ['session.ts', 'format.ts', 'store.ts'],
      direct: ['session.ts', 'store.ts'],
      broken: [],
    });
    const { broken } = follow(graph, [{ at: 'format.ts#format' }, { at: 'store.ts#createStore' }]);
    assert.match(broken.join(), /^format\.ts#format does not lead to store\.ts#createStore \(call\)/);
  });
});
