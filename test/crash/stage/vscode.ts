/** Stands in for the module `vscode` in processes without VS Code: only what sessions, history and views use of it. */

import { EventEmitter as NodeEmitter } from 'node:events';

export class Disposable {
  readonly #callOnDispose: () => void;

  constructor(callOnDispose: () => void) {
    this.#callOnDispose = callOnDispose;
  }

  static from(...parts: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }

  dispose(): void {
    this.#callOnDispose();
  }
}

export class EventEmitter<T> {
  readonly #emitter = new NodeEmitter().setMaxListeners(0);

  readonly event = (listener: (value: T) => void): Disposable => {
    this.#emitter.on('event', listener);
    return new Disposable(() => this.#emitter.off('event', listener));
  };

  fire(value: T): void {
    this.#emitter.emit('event', value);
  }

  dispose(): void {
    this.#emitter.removeAllListeners();
  }
}

/** A folder is open, and every setting has its default. */
export const workspace = {
  workspaceFolders: [{ uri: { toString: () => 'file:///project' } }],
  getConfiguration: () => ({ get: (_name: string, fallback?: unknown) => fallback }),
};

export const l10n = {
  t: (text: string, ...values: readonly (string | number)[]): string =>
    text.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)])),
};
