/** Keeps the draft of a quick ask across a reload of the window, until it is asked. */

import type { Memento } from 'vscode';
import * as z from 'zod';

export interface QuickQuestion {
  question: string;
  /** Whether the user attaches the code. */
  withCode: boolean;
}

export interface QuickAskDraft {
  get(): QuickQuestion;
  /** Writes only changes. */
  set(draft: QuickQuestion): void;
}

const name = 'qiao.quickAskDraft';
const nothing: QuickQuestion = { question: '', withCode: false };
const savedSchema = z.object({ question: z.string(), withCode: z.boolean() });

/** Ignores invalid stored data. */
export function createQuickAskDraft(state: Pick<Memento, 'get' | 'update'>): QuickAskDraft {
  let known = savedSchema.safeParse(state.get(name)).data ?? nothing;
  return {
    get: () => known,
    set({ question, withCode }) {
      if (question === known.question && withCode === known.withCode) return;
      known = { question, withCode };
      void state.update(name, question === '' ? undefined : known);
    },
  };
}
