/** What a comparison is called: in its tab, in the list, as a file. */

import { stripHidden } from '../../base/common/hiddenText.ts';
import { proposeTitle } from '../../chat/common/conversationTitle.ts';
import type { Comparison } from '../common/comparison.ts';

/** The name of its file of questions, else the beginning of its question; empty before there is one. */
export function titleOfComparison({ source, questions }: Pick<Comparison, 'source' | 'questions'>): string {
  return source === undefined ? proposeTitle(questions[0]?.text ?? '') : stripHidden(source);
}
