/** Command line of the emulator: `npm run emulator -- --port=N --script=steps.json --keyless`; all options can be left out. */

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import {
  demoAccessToken,
  demoIamKeys,
  type Emulator,
  type RecordedRequest,
  type ScriptStep,
  scriptStepSchema,
  startEmulator,
} from '../src/emulator/index.ts';

const defaultPort = 18383;
const messages = [{ role: 'user', content: 'What can you show me?' }];

const { values: flags } = parseArgs({
  options: { port: { type: 'string' }, script: { type: 'string' }, keyless: { type: 'boolean' } },
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
    return await startEmulator({
      port: wanted,
      script,
      requireKey: flags.keyless !== true,
      onRequest: logRequest,
    });
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
  const [[accessKey, secretKey] = []] = Object.entries(demoIamKeys);
  return `The emulator answers at ${origin} as the platforms would. It is no model.

Point Qiao at it, as the base URL of a connection:
  DashScope               ${origin}                        API key sk-demo
  DashScope, compatible   ${origin}/compatible-mode/v1     API key sk-demo
  Qianfan v2              ${origin}/v2                     API key bce-v3/ALTAK-demo/demo
  Qianfan v1              ${origin}                        any API key and secret key,
                          access key ${accessKey} with secret key ${secretKey}, or access token ${demoAccessToken}
  OpenAI-compatible       ${origin}/v1                     any key; with --keyless none

Any key of the shape will do; sk-invalid, sk-arrears, sk-denied, sk-free-tier and sk-throttled (bce-v3/ALTAK-invalid/x
and so on) answer with the error their name says. Models and endpoints that begin with no-such do not exist.

A streamed answer of DashScope:
${curl(`${origin}/api/v1/services/aigc/text-generation/generation`, 'sk-demo', {
  model: 'qwen2-72b-instruct',
  input: { messages },
  parameters: { result_format: 'message', incremental_output: true },
})}

Of Qianfan v1:
${curl(`${origin}/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/demo?access_token=${demoAccessToken}`, undefined, {
  messages,
  stream: true,
})}

Of an OpenAI-compatible service:
${curl(`${origin}/v1/chat/completions`, 'sk-demo', { model: 'demo-small', messages, stream: true })}

Ctrl+C ends it.
`;
}

/** DashScope streams by the header, the others by the body. */
function curl(address: string, key: string | undefined, body: object): string {
  return [
    `  curl -N '${address}'`,
    ...(key === undefined ? [] : [`    -H 'Authorization: Bearer ${key}'`]),
    "    -H 'Content-Type: application/json'",
    ...('stream' in body ? [] : ["    -H 'X-DashScope-SSE: enable'"]),
    `    -d '${JSON.stringify(body)}'`,
  ].join(' \\\n');
}
