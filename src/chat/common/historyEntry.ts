/** One conversation as the list of all conversations shows it: plain data, crosses to the webview as it is. */

export interface HistoryEntry {
  id: string;
  /** Never empty. */
  title: string;
  /** Milliseconds since the epoch: the last question, or what happened to it last. */
  updatedAt: number;
  /** Questions on all branches. */
  turns: number;
  pinned: boolean;
  /** Name of the folder it was begun in; empty without one. */
  workspace: string;
  /** Whether that folder is open in this window. */
  here: boolean;
  /** `damaged`: set aside, can be exported up to its last good line. `newer`: written by a newer Qiao, left alone. */
  state: 'ok' | 'damaged' | 'newer';
  /** An answer is coming in this window. */
  running?: boolean;
  /** Where a search found something, with the found part between `start` and `end` (UTF-16 units). */
  match?: { text: string; start: number; end: number };
}
