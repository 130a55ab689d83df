/** The panel's empty parts as HTML. The host writes them into the page, so that its field takes keys before a script is loaded. */

/** In the user's language. `{0}` in `waiting`: the question that is sent when the panel is ready. */
export interface FrameTexts {
  placeholder: string;
  label: string;
  waiting: string;
}

export function panelFrame({ placeholder, label, waiting }: FrameTexts): string {
  return `<div class="panel">
    <header class="banner-place"></header>
    <main class="conversation"><div class="find-bar" role="search" hidden></div></main>
    <footer class="composer">
      <div class="popover" role="dialog" tabindex="-1"></div>
      <div class="composer-notice"></div>
      <div class="composer-queue"></div>
      <div class="composer-box">
        <div class="suggest-place"></div>
        <div class="composer-attachments"></div>
        <textarea rows="1" placeholder="${attribute(placeholder)}" aria-label="${attribute(label)}"></textarea>
        <div class="composer-command"></div>
        <div class="composer-message" aria-live="polite" data-waiting="${attribute(waiting)}"></div>
        <div class="composer-toolbar"></div>
      </div>
      <div class="drop-zone" aria-hidden="true" hidden></div>
    </footer>
    <div class="visually-hidden announcer" role="status"></div>
    <div class="history" role="main" hidden></div>
  </div>`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
