/** The HTML of the page of diagrams: nothing in it comes from an answer, the source arrives as a message. */

export interface DiagramPageParts {
  language: string;
  policy: string;
  nonce: string;
  /** Addresses of style sheet and scripts. */
  styles: string;
  mermaid: string;
  script: string;
  labels: { title: string; showSource: string; problem: string };
}

export function diagramPage({ labels, ...parts }: DiagramPageParts): string {
  return `<!DOCTYPE html>
<html lang="${parts.language}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${parts.policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <link rel="stylesheet" href="${parts.styles}">
  <title>${escapeHtml(labels.title)}</title>
</head>
<body>
  <header><button type="button" aria-pressed="false">${escapeHtml(labels.showSource)}</button></header>
  <div class="problem" role="alert" data-title="${escapeHtml(labels.problem)}" hidden></div>
  <main class="drawing" tabindex="0" aria-label="${escapeHtml(labels.title)}"></main>
  <pre class="source" tabindex="0" hidden></pre>
  <script nonce="${parts.nonce}" src="${parts.mermaid}"></script>
  <script type="module" nonce="${parts.nonce}" src="${parts.script}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
