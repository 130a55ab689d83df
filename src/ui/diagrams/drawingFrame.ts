/** A sandboxed frame in which Mermaid draws. Without an origin it gets its own process, so the page can end it. */

export interface FrameRequest {
  /** Mermaid's source, with the first request to a frame. */
  script?: string;
  id: number;
  source: string;
  configuration: Record<string, unknown>;
}

export interface FrameReply {
  id: number;
  /** Either the drawing or why Mermaid could not draw it. */
  svg?: string;
  error?: string;
}

export interface DrawingFrame {
  /** Resolves with the drawing or an error; never, if the frame is disposed before. */
  draw(request: FrameRequest): Promise<FrameReply>;
  dispose(): void;
}

export interface FrameScripts {
  /** `diagramFrame.ts`, bundled. */
  frame: string;
  mermaid: string;
  /** The nonce of the page's policy, which holds for the frame too. */
  nonce: string;
}

/** Creates the frame; it loads once `scripts` has resolved. */
export function createDrawingFrame(scripts: Promise<FrameScripts>): DrawingFrame {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.className = 'drawing-frame';
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  let disposed = false;
  let mermaid: string | undefined;
  let settle: ((reply: FrameReply) => void) | undefined;
  const hear = ({ data, source }: MessageEvent<unknown>): void => {
    if (source === frame.contentWindow && isReply(data)) settle?.(data);
  };
  const loaded = load();

  async function load(): Promise<void> {
    const { frame: code, mermaid: script, nonce } = await scripts;
    if (disposed) return;
    mermaid = script;
    frame.srcdoc = pageOf(code, nonce);
    window.addEventListener('message', hear);
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  }

  return {
    async draw(request) {
      await loaded;
      return new Promise((resolve) => {
        settle = (reply) => {
          if (reply.id === request.id) resolve(reply);
        };
        frame.contentWindow?.postMessage({ ...request, script: mermaid } satisfies FrameRequest, '*');
        mermaid = undefined;
      });
    },
    dispose() {
      disposed = true;
      window.removeEventListener('message', hear);
      frame.remove();
    },
  };
}

function pageOf(code: string, nonce: string): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'unsafe-inline'`;
  return `<!DOCTYPE html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<script type="module" nonce="${nonce}">${code.replaceAll('</', '<\\/')}</script>`;
}

function isReply(data: unknown): data is FrameReply {
  if (typeof data !== 'object' || data === null || !('id' in data) || typeof data.id !== 'number')
    return false;
  return (
    ('svg' in data && typeof data.svg === 'string') || ('error' in data && typeof data.error === 'string')
  );
}
