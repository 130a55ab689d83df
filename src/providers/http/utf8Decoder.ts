/** Decodes UTF-8 that arrives in slices, like `TextDecoder`, at less cost for each slice. */

export interface Utf8Decoder {
  /** The text of the slice, without a character that its end cuts. */
  decode(slice: Buffer): string;
  /** U+FFFD for a cut character at the end of the stream. */
  end(): string;
}

/** Drops a byte order mark at the beginning; invalid bytes become U+FFFD. */
export function createUtf8Decoder(): Utf8Decoder {
  const decoder = new TextDecoder();
  /** The decoder holds nothing, and the beginning is over. */
  let between = false;
  return {
    decode(slice) {
      const last = slice[slice.length - 1];
      // An ASCII byte at the end cuts no character.
      const closed = last !== undefined && last < 0x80;
      // `TextDecoder` runs several functions for each slice; `toString` is one.
      if (between && closed) return slice.toString();
      between = closed;
      return decoder.decode(slice, { stream: true });
    },
    end: () => decoder.decode(),
  };
}
