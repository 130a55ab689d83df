/** What is measured: something that reads an answer. */

export interface Reader {
  /**
   * Reads one answer to its end. `onPiece` takes each piece of it: its text, or the bytes of who does not decode.
   * `baseUrl` is what a person would enter, without `/v1` or the like.
   */
  read(baseUrl: string, onPiece: (piece: string | Uint8Array) => void): Promise<void>;
}

export const question = 'How is a bridge built?';
export const modelId = 'qwen-plus';
/** Of the right shape, and of no other use. */
export const apiKey = 'sk-00000000000000000000000000000000';
