/** Names a model together with the connection that reaches it: `connectionId/modelId`. */

export interface ModelRef {
  connectionId: string;
  /** May hold further slashes. */
  modelId: string;
}

/** Text without a known connection id is a model id of the first connection. */
export function parseModelRef(text: string, connectionIds: readonly string[]): ModelRef {
  const slash = text.indexOf('/');
  const head = text.slice(0, slash);
  if (slash > 0 && slash < text.length - 1 && connectionIds.includes(head)) {
    return { connectionId: head, modelId: text.slice(slash + 1) };
  }
  return { connectionId: connectionIds[0] ?? '', modelId: text };
}

/** The connection id of a reference, whether or not it exists; `undefined` for a bare model id. */
export function connectionIdIn(ref: string): string | undefined {
  const slash = ref.indexOf('/');
  return slash > 0 ? ref.slice(0, slash) : undefined;
}

export function formatModelRef({ connectionId, modelId }: ModelRef): string {
  return `${connectionId}/${modelId}`;
}
