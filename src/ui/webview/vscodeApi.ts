/** The line to the host: VS Code's webview API with the panel's own message types. */

import type { ViewMessage } from '../../chat/common/protocolSchema.ts';

/** What the view keeps itself, so that a reload shows the draft at once. */
export interface ViewMemory {
  draft?: string;
  /** Whether the host knows that draft. */
  draftTold?: boolean;
  /** The tab's chat, see `snapshot`. */
  tab?: string;
  /** Questions that are being edited, by turn. */
  edits?: Readonly<Record<string, string>>;
  /** What a page of its own shows, see `compare/`. */
  comparisonId?: string;
  models?: readonly string[];
}

interface WebviewApi {
  postMessage(message: object): void;
  getState(): ViewMemory | undefined;
  setState(memory: ViewMemory): void;
}

declare function acquireVsCodeApi(): WebviewApi;

const api = acquireVsCodeApi();

/** Sends one event to the host; there is no reply. */
export type Post = (message: ViewMessage) => void;

export const post: Post = (message) => api.postMessage(message);

/** The line to the host of another page, with the messages of that one. */
export function postAs<Message extends object>(): (message: Message) => void {
  return (message) => api.postMessage(message);
}

/** Keeps what is given, and what was kept under other names. */
export function remember(memory: ViewMemory): void {
  api.setState({ ...api.getState(), ...memory });
}

export function recall(): ViewMemory | undefined {
  return api.getState();
}
