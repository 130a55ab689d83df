/** Recalls earlier questions in the empty field with the arrow keys, as a shell recalls commands. */

export interface QuestionRecall {
  /**
   * The text that takes the place of `text`, one question older (-1) or newer (1); newer than the newest is the empty
   * field. `undefined`: the key is not for us, because the field holds something the user wrote, or there is no more.
   */
  step(direction: -1 | 1, text: string, questions: readonly string[]): string | undefined;
}

export function createQuestionRecall(): QuestionRecall {
  /** What was put into the field, and its place counted from the newest (1). */
  let shown: { text: string; age: number } | undefined;

  return {
    step(direction, text, questions) {
      if (shown && shown.text !== text) shown = undefined;
      if (!shown && text !== '') return undefined;
      const list = distinct(questions);
      const age = (shown?.age ?? 0) - direction;
      const next = age === 0 ? '' : list.at(-age);
      if (age < 0 || next === undefined) return undefined;
      shown = age === 0 ? undefined : { text: next, age };
      return next;
    },
  };
}

/** Without empty ones and without the same question twice in a row. */
function distinct(questions: readonly string[]): string[] {
  return questions.filter((question, index) => question.trim() !== '' && question !== questions[index - 1]);
}
