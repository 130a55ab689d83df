/** Names a model together with the connection that reaches it: `connectionId/modelId`. */

export interface ModelRef {
  connectionId: string;
  /** May hold further slashes. */
  modelId: string;
}

/** A reference without a known connection in front is a model id of the default connection. */
export function parseModelRef(text: string, connectionIds: readonly string[]): ModelRef {
  const slash = text.indexOf('/');
  const head = text.slice(0, slash);
  if (slash > 0 && slash < text.length - 1 && connectionIds.includes(head)) {
    return { connectionId: head, modelId: text.slice(slash + 1) };
  }
  return { connectionId: connectionIds[0] ?? '', modelId: text };
}

/** The connection that a reference names, whether there is one or not; `undefined` for a bare model id. */
export function connectionIdIn(ref: string): string | undefined {
  const slash = ref.indexOf('/');
  return slash > 0 ? ref.slice(0, slash) : undefined;
}

export function formatModelRef({ connectionId, modelId }: ModelRef): string {
  return `${connectionId}/${modelId}`;
}
