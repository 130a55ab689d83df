/** What the page of diagrams and the frame that draws say to each other. */

export interface FrameRequest {
  /** Mermaid itself, with the first request to a frame. */
  script?: string;
  id: number;
  source: string;
  configuration: Record<string, unknown>;
}

export interface FrameReply {
  id: number;
  /** What Mermaid has drawn, or why it could not. */
  svg?: string;
  error?: string;
}
