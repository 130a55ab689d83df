/** Types that features share with the composition root. */

import type { CommandId, FeatureName } from './commandIds.ts';

/** Carries out a command. Other extensions can pass anything, so the handler checks its arguments. */
export type CommandHandler = (...args: unknown[]) => Promise<void>;

/** Runs a command of any feature directly, without VS Code. Rejects when the handler does. */
export type RunCommand = (command: CommandId, ...args: unknown[]) => Promise<void>;

/**
 * Created by `createX(dependencies)`, disposed by the composition root. `Feature['commands']` without a name has the
 * handlers of all features.
 */
export interface Feature<Name extends FeatureName = FeatureName> {
  /** One handler for each of the feature's `commandIds`. */
  readonly commands: Readonly<Record<CommandId<Name>, CommandHandler>>;
  dispose?(): void | Promise<void>;
}
