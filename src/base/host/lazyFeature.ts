/** Creates features with the first call of one of their commands: until then their code is not loaded. */

import { type CommandId, commandIds, type FeatureName } from './commandIds.ts';
import type { Disposable } from './disposables.ts';
import type { CommandHandler, Feature } from './feature.ts';

/** A value that is created when it is first needed. */
export interface Lazy<Value> {
  /** Each call gives the same value; after a failure, the next call tries again. */
  load(): Promise<Value>;
  /** Disposes the value if there is one; waits for one that is being created. */
  dispose(): Promise<void>;
}

export function lazily<Value extends object>(create: () => Promise<Value>): Lazy<Value> {
  let value: Promise<Value> | undefined;
  return {
    load() {
      value ??= create();
      value.catch(() => {
        value = undefined;
      });
      return value;
    },
    async dispose() {
      const made: (Value & Disposable) | undefined = await value?.catch(() => undefined);
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
