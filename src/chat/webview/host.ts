/** Types of what pages with answers send to the host, and of the state that the chat panel saves itself. */

import { postToHost } from '../../ui/webview/vscodeApi.ts';
import type { AnswerMessage, ViewMessage } from '../common/protocolSchema.ts';

/** Sends one event of the chat panel. */
export type Post = (message: ViewMessage) => void;

/** Sends one event of any page with answers. */
export type PostAnswer = (message: AnswerMessage) => void;

export const postAnswer: PostAnswer = postToHost;

/** The webview state of the chat panel: a reload shows the draft at once. */
export interface SavedState {
  draft?: string;
  /** Whether the host knows this draft. */
  draftTold?: boolean;
  /** The tab's chat, see `snapshot`. */
  tab?: string;
  /** Questions that are being edited, by turn. */
  edits?: Readonly<Record<string, string>>;
}
