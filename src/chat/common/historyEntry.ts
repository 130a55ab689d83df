/** An entry of the list of conversations, as it is sent to the webview. */

/** Entries sent at a time: some screens. */
export const historyRangeLength = 150;

export interface HistoryEntry {
  id: string;
  /** Never empty. */
  title: string;
  /** Milliseconds since the epoch: the last question, else the creation. */
  updatedAt: number;
  /** Questions on all branches. */
  turns: number;
  pinned: boolean;
  /** Name of the folder it was begun in; empty without one. */
  workspace: string;
  /** Whether that folder is open in this window. */
  here: boolean;
  /** `damaged`: set aside; what was readable can be exported. `newer`: written by a newer Qiao, never changed. */
  state: 'ok' | 'damaged' | 'newer';
  /** An answer is running in this window. */
  running?: boolean;
  /** Where a search found something, with the found part between `start` and `end` (UTF-16 units). */
  match?: { text: string; start: number; end: number };
}
