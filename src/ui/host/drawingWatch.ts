/** Detects an unresponsive diagram page, whose own drawing may block it. */

export interface DrawingWatch {
  /** Whether the page owes an answer. */
  readonly waits: boolean;
  /** A drawing is sent, which takes the place of the one before; gives its id. */
  start(limit: number): number;
  /** The page has answered; an answer about another drawing is none. */
  done(id: number): void;
  /** No answer is to come: the page was hidden or closed. */
  clear(): void;
}

/** `onLate`: the page has not answered within `limit` milliseconds. */
export function createDrawingWatch(onLate: () => void): DrawingWatch {
  let lastId = 0;
  let timer: NodeJS.Timeout | undefined;

  const clear = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };

  return {
    get waits() {
      return timer !== undefined;
    },
    start(limit) {
      clear();
      timer = setTimeout(() => {
        timer = undefined;
        onLate();
      }, limit);
      return ++lastId;
    },
    done(id) {
      if (id === lastId) clear();
    },
    clear,
  };
}
