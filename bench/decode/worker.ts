/** A child process that answers questions, from the parent's side. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Question, Reply } from './workerMessages.ts';

export interface Worker {
  /** Throws what the child threw, or that it ended, or that it said nothing for two minutes. */
  ask(name: string, argument?: unknown): Promise<unknown>;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

/** `module` is a URL, or relative to this file. The child ends with this process, however that ends. */
export function startWorker(module: string, args: readonly string[] = []): Worker {
  const child = fork(fileURLToPath(import.meta.resolve(module)), args, {
    env: environment(),
    execArgv: ['--expose-gc', '--no-warnings'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  children.add(child);
  return {
    ask: (name, argument = null) => ask(child, { name, argument }),
    async stop() {
      child.kill('SIGKILL');
      await ended;
      children.delete(child);
    },
  };
}

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

const patienceMs = 120_000;

function ask(child: ChildProcess, question: Question): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      child.removeListener('message', onMessage);
      child.removeListener('exit', onExit);
      act();
    };
    const timer = setTimeout(
      () => settle(() => reject(new Error('It said nothing for two minutes.'))),
      patienceMs,
    );
    const onExit = (code: unknown, signal: unknown): void =>
      settle(() => reject(new Error(`The process ended (${code ?? signal}).`)));
    const onMessage = (message: Reply): void =>
      settle(() => ('error' in message ? reject(new Error(message.error)) : resolve(message.value)));
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.send(question);
  });
}

/** No proxy, no tracing service: nothing but the loopback interface is measured. */
function environment(): NodeJS.ProcessEnv {
  const foreign = /^(https?|all|no)_proxy$|^(langchain|langsmith|openai|otel|npm|node)_/i;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))),
    NODE_ENV: 'production',
    LANGSMITH_TRACING: 'false',
  };
}
