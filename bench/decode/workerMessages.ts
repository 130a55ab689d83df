/** How the benchmark and its child processes talk: a question by name, one answer. */

export interface Question {
  readonly name: string;
  readonly argument: unknown;
}

export type Reply = { readonly value: unknown } | { readonly error: string };

/** In the child: answers one question after the other, and ends with the parent. */
export function answerRequests(
  handlers: Readonly<Record<string, (argument: unknown) => Promise<unknown>>>,
): void {
  process.on('disconnect', () => process.exit());
  process.on('message', (message) => {
    if (isQuestion(message)) answer(message).then((reply) => process.send?.(reply));
  });
  const answer = async ({ name, argument }: Question): Promise<Reply> => {
    try {
      return { value: await handlers[name]?.(argument) };
    } catch (error) {
      return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
}

function isQuestion(message: unknown): message is Question {
  return typeof message === 'object' && message !== null && 'name' in message && 'argument' in message;
}
