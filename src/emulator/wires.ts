/** The wires the emulator speaks, all at one origin; a further one is one folder and one line here. */

import { dashScopeWire } from './dashScope/dashScopeWire.ts';
import { dashScopeCompatible } from './openai/dashScopeCompatible.ts';
import { generic } from './openai/generic.ts';
import { createModelListWire } from './openai/modelListWire.ts';
import { createOpenAiWire } from './openai/openAiWire.ts';
import { qianfanV2 } from './openai/qianfanV2.ts';
import { qianfanChatWire } from './qianfan/chatWire.ts';
import { qianfanTokenWire } from './qianfan/tokenWire.ts';
import type { Wire } from './wire.ts';

/** Asked in this order. The first also words the errors for paths that no wire serves. */
export const wires: readonly [Wire, ...Wire[]] = [
  dashScopeWire,
  qianfanTokenWire,
  qianfanChatWire,
  ...[dashScopeCompatible, qianfanV2, generic].flatMap((dialect) => [
    createOpenAiWire(dialect),
    createModelListWire(dialect),
  ]),
];
