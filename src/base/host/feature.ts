/** What a feature gives the composition root, and what features are given to call each other's commands. */

import type { CommandId, FeatureName } from './commandIds.ts';

/** Carries out a command. Anybody can call a command, with anything: the handler checks its arguments. */
export type CommandHandler = (...args: unknown[]) => Promise<void>;

/** Runs a command of any feature in this window, without a detour through VS Code. Rejects when the handler does. */
export type RunCommand = (command: CommandId, ...args: unknown[]) => Promise<void>;

/**
 * Created by `createX(dependencies)`, disposed by the composition root. `Feature['commands']`, without a name, has the
 * handlers of all features.
 */
export interface Feature<Name extends FeatureName = FeatureName> {
  /** A handler for each of the feature's `commandIds`: none is missing, and no other feature's is claimed. */
  readonly commands: Readonly<Record<CommandId<Name>, CommandHandler>>;
  dispose?(): void | Promise<void>;
}
