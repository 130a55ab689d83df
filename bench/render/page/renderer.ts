/** What every subject of the benchmark exports as `create`, given the element that it fills. */

export interface Renderer {
  append(text: string): void;
  finish(): void;
  /** Lets go of what it holds, where that takes more than dropping the element. */
  close?(): void;
}

/** One frame's text and what it cost the main thread, in milliseconds. */
export interface Run {
  frames: number[];
}

/** How a run goes: `prefill` is rendered at once before, and not counted. */
export interface RunOptions {
  prefill: string;
  text: string;
  charactersPerFrame: number;
  /** The run ends early when it took this long. */
  budgetMs: number;
}
