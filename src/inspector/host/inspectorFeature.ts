/** The request inspector: its page, and the commands that lead there. */

import type { Feature } from '../../base/host/feature.ts';
import type { Sessions } from '../../chat/host/sessions.ts';
import type { Models } from '../../connections/host/models.ts';
import { decodeEventStream, inspectLastRequest, inspectRequest } from './inspectCommands.ts';
import { createInspector, type InspectorParts } from './inspector.ts';
import { sendAgain } from './sendAgain.ts';

export interface InspectorDependencies extends Omit<InspectorParts, 'sendAgain'> {
  models: Models;
  sessions: Pick<Sessions, 'withTurn'>;
}

export function createInspectorFeature(dependencies: InspectorDependencies): Feature<'inspector'> {
  const { exchanges } = dependencies;
  const inspector = createInspector({
    ...dependencies,
    sendAgain: (turnId, signal) => sendAgain(turnId, signal, dependencies),
  });
  return {
    commands: {
      'qiao.inspectLastRequest': () => inspectLastRequest({ exchanges, inspector }),
      'qiao.inspectRequest': (turnId) => inspectRequest(turnId, { exchanges, inspector }),
      'qiao.decodeEventStream': (source) => decodeEventStream(source, { exchanges, inspector }),
    },
    dispose: () => inspector.dispose(),
  };
}
