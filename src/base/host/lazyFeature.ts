/** Creates features with the first call of one of their commands: until then their code is not loaded. */

import * as vscode from 'vscode';
import { type CommandId, commandIds, type FeatureName } from './commandIds.ts';
import type { Disposable } from './disposables.ts';
import type { CommandHandler, Feature } from './feature.ts';

/** A value that is created when it is first needed. */
export interface Lazy<Value> {
  /** Each call gives the same value; after a failure, the next call tries again. Rejects with a `CancellationError` after `dispose`. */
  load(): Promise<Value>;
  /**
   * Disposes the value if there is one. Waits for none that is being created, which may take forever: that one is disposed when it
   * comes. Rejects only if the disposal of the value does.
   */
  dispose(): Promise<void>;
}

export function lazily<Value extends object>(create: () => Promise<Value>): Lazy<Value> {
  let creating: Promise<Value> | undefined;
  let value: (Value & Disposable) | undefined;
  let isDisposed = false;

  async function createOne(): Promise<Value> {
    try {
      const made: Value & Disposable = await create();
      if (isDisposed) {
        await made.dispose?.();
        throw new vscode.CancellationError();
      }
      value = made;
      return made;
    } catch (error) {
      creating = undefined;
      throw error;
    }
  }

  return {
    async load() {
      if (isDisposed) throw new vscode.CancellationError();
      creating ??= createOne();
      return creating;
    },
    async dispose() {
      isDisposed = true;
      const made = value;
      value = undefined;
      await made?.dispose?.();
    },
  };
}

/** `name`: whose `commandIds` it has. */
export function lazyFeature<Name extends FeatureName, Made extends Feature<Name>>(
  name: Name,
  create: () => Promise<Made>,
): Feature<Name> & Lazy<Made> {
  const feature = lazily(create);
  const ids: readonly CommandId<Name>[] = commandIds[name];
  const commands = ids.map((id): [CommandId<Name>, CommandHandler] => [
    id,
    async (...args) => {
      const { commands } = await feature.load();
      await commands[id](...args);
    },
  ]);
  return { ...feature, commands: Object.fromEntries(commands) as Feature<Name>['commands'] };
}
