/** What the extension host says about itself. */

export interface Vitals {
  /** CPU time since its start. */
  readonly cpuMs: number;
  /** In use after a collection. */
  readonly heapBytes: number;
}
