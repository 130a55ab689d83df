/** Keeps what was typed into the prompt of a quick ask until it is asked: across a reload of the window. */

import type { Memento } from 'vscode';
import * as z from 'zod';

export interface QuickQuestion {
  question: string;
  /** Only when the user said so. */
  withCode: boolean;
}

export interface QuickAskDraft {
  get(): QuickQuestion;
  /** Cheap when nothing is different. */
  set(draft: QuickQuestion): void;
}

const name = 'qiao.quickAskDraft';
const nothing: QuickQuestion = { question: '', withCode: false };
const savedSchema = z.object({ question: z.string(), withCode: z.boolean() });

/** What is stored there and can't be read counts as nothing. */
export function createQuickAskDraft(memory: Pick<Memento, 'get' | 'update'>): QuickAskDraft {
  let known = savedSchema.safeParse(memory.get(name)).data ?? nothing;
  return {
    get: () => known,
    set({ question, withCode }) {
      if (question === known.question && withCode === known.withCode) return;
      known = { question, withCode };
      void memory.update(name, question === '' ? undefined : known);
    },
  };
}
