/** Detects the end of a JSON value that arrives in pieces, without parsing it again. */

export interface ObjectScan {
  push(text: string): void;
  /** A JSON object or list has begun and ended. */
  readonly complete: boolean;
}

/** Counts brackets outside strings; reads each character once. */
export function createObjectScan(): ObjectScan {
  let depth = 0;
  let begun = false;
  let inString = false;
  let escaped = false;
  return {
    get complete() {
      return begun && depth === 0 && !inString;
    },
    push(text) {
      for (const char of text) {
        if (escaped) escaped = false;
        else if (inString) {
          if (char === '\\') escaped = true;
          else if (char === '"') inString = false;
        } else if (char === '"') inString = true;
        else if (char === '{' || char === '[') {
          depth++;
          begun = true;
        } else if (char === '}' || char === ']') depth--;
      }
    },
  };
}
