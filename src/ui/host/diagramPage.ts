/** Writes the HTML of the diagram page; the source of diagrams arrives as a message. */

export interface DiagramPageParts {
  language: string;
  policy: string;
  nonce: string;
  /** Addresses of style sheet and scripts. */
  styles: string;
  mermaid: string;
  watch: string;
  script: string;
  frame: string;
  labels: Record<
    'title' | 'showSource' | 'problem' | 'tooLarge' | 'drawing' | 'stop' | 'stopped' | 'stoppedWhy' | 'again',
    string
  >;
}

export function diagramPage({ labels, ...parts }: DiagramPageParts): string {
  return `<!DOCTYPE html>
<html lang="${parts.language}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${parts.policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <script nonce="${parts.nonce}" src="${parts.watch}"></script>
  <link rel="stylesheet" href="${parts.styles}">
  <title>${escapeHtml(labels.title)}</title>
</head>
<body data-mermaid="${parts.mermaid}" data-frame="${parts.frame}">
  <header><button type="button" aria-pressed="false">${escapeHtml(labels.showSource)}</button></header>
  <div class="problem" role="alert" data-title="${escapeHtml(labels.problem)}" data-too-large="${escapeHtml(labels.tooLarge)}" hidden></div>
  <div class="stopped" role="alert" hidden>
    <strong>${escapeHtml(labels.stopped)}</strong>
    <p>${escapeHtml(labels.stoppedWhy)}</p>
    <button type="button">${escapeHtml(labels.again)}</button>
  </div>
  <div class="coming" role="status" hidden>
    <span>${escapeHtml(labels.drawing)}</span>
    <button type="button">${escapeHtml(labels.stop)}</button>
  </div>
  <main class="drawing" tabindex="0" aria-label="${escapeHtml(labels.title)}"></main>
  <pre class="source" tabindex="0" hidden></pre>
  <script type="module" nonce="${parts.nonce}" src="${parts.script}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
