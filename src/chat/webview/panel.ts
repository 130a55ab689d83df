/** The panel's entry: builds its parts, and paints the newest state at most once per animation frame. */

import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, render } from 'lit';
import { showTooltips } from '../../ui/webview/tooltip.ts';
import { post, remember } from '../../ui/webview/vscodeApi.ts';
import { createComposer } from './composer/composer.ts';
import { takeFoundFiles } from './fileLinks.ts';
import { createFindBar } from './find/findBar.ts';
import { createHistoryView } from './history/historyView.ts';
import { isHostMessage } from './hostMessage.ts';
import { handleAnswerClicks } from './links.ts';
import { type PanelState, reduce } from './state.ts';
import { createAnnouncer } from './transcript/announcer.ts';
import { createTranscript } from './transcript/transcript.ts';
import { withoutStart } from './turnWindow.ts';
import { demoBanner, welcome } from './welcome.ts';

let state: PanelState | undefined;
let painted: PanelState | undefined;
let frameRequested = false;

const app = document.getElementById('app') ?? document.body;
render(
  html`<div class="panel" hidden>
    <header class="banner-place"></header>
    <main class="conversation"><div class="find-bar" role="search" hidden></div></main>
    <footer class="composer"></footer>
    <div class="visually-hidden announcer" role="status"></div>
    <div class="history" role="main" hidden></div>
  </div>`,
  app,
);
const part = (name: string): HTMLElement => app.querySelector<HTMLElement>(`.${name}`) ?? app;
const announcer = createAnnouncer(part('announcer'));
const transcript = createTranscript(part('conversation'), { post, say: announcer.say });
const composer = createComposer(part('composer'), post, () => transcript.goToEnd());
const find = createFindBar(part('find-bar'), {
  post,
  scroller: part('scroller'),
  reasoningOf: (id) => state?.turns.find((turn) => turn.id === id)?.reasoning ?? '',
});
const history = createHistoryView(part('history'), post, () =>
  part('composer').querySelector('textarea')?.focus(),
);
handleAnswerClicks(app, post, () => state?.strings);
showTooltips();

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isHostMessage(data)) return;
  state = reduce(state, data);
  if (data.type === 'snapshot') remember({ tab: data.tab });
  history.receive(data, state?.strings);
  find.receive(data, state?.strings);
  composer.receive(data);
  if (data.type === 'files-found') takeFoundFiles(data.there, data.asked);
  if (frameRequested) return;
  frameRequested = true;
  requestAnimationFrame(paint);
});
post({ type: 'view-ready' });
const tellFocus = (): void => post({ type: 'view-focus' });
window.addEventListener('focus', tellFocus);
if (document.hasFocus()) tellFocus();

function paint(): void {
  frameRequested = false;
  if (!state || state === painted) return;
  // Who reads at the end misses nothing of the far beginning.
  if (transcript.following) state = withoutStart(state);
  const { strings, turns } = state;
  const welcomeDiffers =
    painted?.composer.connection !== state.composer.connection ||
    (painted.turns.length === 0) !== (turns.length === 0);
  if (strings !== painted?.strings || welcomeDiffers) paintSurroundings(state);
  transcript.update(state);
  announcer.update(state);
  composer.update(state);
  painted = state;
}

/** The rarely changing rest. */
function paintSurroundings({ strings, turns, composer: composerState }: PanelState): void {
  part('panel').hidden = false;
  render(composerState.connection === 'demo' ? demoBanner(strings, post) : nothing, part('banner-place'));
  const fill = (text: string) => composer.fill(text);
  const heading = html`<h1 class="visually-hidden">${strings['transcript.label']}</h1>`;
  render(
    turns.length === 0 ? welcome(composerState, strings, { post, fill }) : heading,
    transcript.welcomePlace,
  );
}
