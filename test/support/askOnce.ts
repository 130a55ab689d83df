/** A process of its own that asks one question and prints how it ended: `node askOnce.ts <origin>`. */

import { ask } from './networkClient.ts';

const { text, error } = await ask(process.argv[2] ?? '');
console.log(error ? (error.code ?? error.kind) : text);
