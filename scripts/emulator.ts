/** Runs the emulator alone: `npm run emulator`, with `-- --port=N --script=steps.json` for another port and a fault script. */

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import {
  type Emulator,
  type RecordedRequest,
  type ScriptStep,
  scriptStepSchema,
  startEmulator,
} from '../src/emulator/index.ts';

const defaultPort = 18383;

const { values: flags } = parseArgs({
  options: { port: { type: 'string' }, script: { type: 'string' } },
});
const emulator = await start(readPort(flags.port), readScript(flags.script));
console.log(greeting(emulator.origin));
process.once('SIGINT', async () => {
  await emulator.dispose();
  console.log('\nThe emulator has stopped.');
});

function readPort(flag: string | undefined): number {
  const chosen = Number(flag ?? defaultPort);
  if (!Number.isInteger(chosen) || chosen < 0 || chosen > 65_535) {
    return giveUp('--port takes a number from 0 to 65535; 0 picks a free one.');
  }
  return chosen;
}

/** A JSON list of steps; each answers one request, in order. */
function readScript(file: string | undefined): ScriptStep[] {
  if (file === undefined) {
    return [];
  }
  try {
    const steps = z.array(scriptStepSchema).safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return steps.data ?? giveUp(`${file} is no fault script:\n${z.prettifyError(steps.error)}`);
  } catch (error) {
    return giveUp(`${file} cannot be read: ${messageOf(error)}`);
  }
}

function giveUp(reason: string): never {
  console.error(reason);
  process.exit(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function start(wanted: number, script: readonly ScriptStep[]): Promise<Emulator> {
  try {
    return await startEmulator({ port: wanted, script, onRequest: logRequest });
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    return giveUp(
      taken
        ? `Port ${wanted} is taken, perhaps by another emulator. Choose one: npm run emulator -- --port=${wanted + 1}`
        : `The emulator could not start: ${messageOf(error)}`,
    );
  }
}

/** One line when the answer is over. Never a header, so never a key. */
function logRequest(request: RecordedRequest): void {
  const time = new Date(request.receivedAt).toISOString().slice(11, 19);
  const name = `${time}  ${request.method} ${request.path}  ${request.model ?? 'no model'}`;
  const refusal =
    request.refusal === undefined ? '' : `  refused: ${request.refusal.code}, ${request.refusal.message}`;
  const warnings = request.warnings.map((warning) => `\n          note: ${warning}`).join('');
  void request.ended.then(() => {
    const end = request.closedByClient ? 'closed by the client' : 'done';
    const events = `${request.eventsWritten} ${request.eventsWritten === 1 ? 'event' : 'events'}`;
    console.log(`${name}  ${events}, ${end}${refusal}${warnings}`);
  });
}

function greeting(origin: string): string {
  const address = `${origin}/api/v1/services/aigc/text-generation/generation`;
  return `The emulator answers at ${origin} as DashScope would. It is no model.

Point Qiao at it:
  setting   "qiao.dashscope.baseUrl": "${origin}"
  API key   sk-demo   (any sk-… will do; sk-invalid, sk-arrears, sk-denied, sk-free-tier
                       and sk-throttled answer with the error their name says)

A streamed answer:
${curl(address, ["-H 'X-DashScope-SSE: enable'"], { incremental_output: true }, '-N ')}

The same in one piece:
${curl(address, [], {})}

Ctrl+C ends it.
`;
}

function curl(address: string, headers: readonly string[], extra: object, flags = ''): string {
  const body = {
    model: 'qwen2-72b-instruct',
    input: { messages: [{ role: 'user', content: 'What can you show me?' }] },
    parameters: { result_format: 'message', ...extra },
  };
  return [
    `  curl ${flags}'${address}'`,
    "    -H 'Authorization: Bearer sk-demo'",
    "    -H 'Content-Type: application/json'",
    ...headers.map((header) => `    ${header}`),
    `    -d '${JSON.stringify(body)}'`,
  ].join(' \\\n');
}
