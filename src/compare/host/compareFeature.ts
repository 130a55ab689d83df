/** The compare feature: its commands and tabs. The rest is loaded with the first comparison. */

import type { Feature } from '../../base/host/feature.ts';
import type { Sessions } from '../../chat/host/sessions.ts';
import { uriOf } from '../../edit/host/editArguments.ts';
import type { Comparisons, ComparisonsDependencies } from './comparisons.ts';
import type { CompareTabs } from './register.ts';

export interface CompareDependencies extends ComparisonsDependencies {
  sessions: Pick<Sessions, 'withTurn'>;
}

export interface Compare extends Feature<'compare'>, CompareTabs {
  /** Stops running comparisons and settles when they are saved. */
  dispose(): Promise<void>;
}

export function createCompare(dependencies: CompareDependencies): Compare {
  let comparisons: Promise<Comparisons> | undefined;
  const load = (): Promise<Comparisons> => {
    comparisons ??= import('./comparisons.ts').then((module) => new module.Comparisons(dependencies));
    return comparisons;
  };
  return {
    commands: {
      'qiao.compare': async (turnId) => {
        const session = typeof turnId === 'string' ? dependencies.sessions.withTurn(turnId) : undefined;
        const turn = session?.conversation.turns.find(({ id }) => id === turnId);
        const loaded = await load();
        await (session && turn ? loaded.openTurn(session, turn) : loaded.open());
      },
      'qiao.compareQuestions': async (uri) => (await load()).openQuestions(uriOf(uri)),
      'qiao.openComparison': async () => (await load()).openStored(),
    },
    restore: async (...tab) => (await load()).restore(...tab),
    dispose: async () => (await comparisons)?.dispose(),
  };
}
