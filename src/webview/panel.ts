/** The panel's entry: builds its parts, and paints the newest state at most once per animation frame. */

import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, render } from 'lit';
import { createComposer } from './composer/composer.ts';
import { icon } from './dom.ts';
import { createFindBar } from './find/findBar.ts';
import { createHistoryView } from './history/historyView.ts';
import { isHostMessage } from './hostMessage.ts';
import { handleAnswerClicks } from './links.ts';
import { type PanelState, reduce } from './state.ts';
import { createAnnouncer } from './transcript/announcer.ts';
import { createFollow } from './transcript/follow.ts';
import { createTranscript } from './transcript/transcript.ts';
import { post } from './vscodeApi.ts';
import { demoBanner, welcome } from './welcome.ts';

let state: PanelState | undefined;
let painted: PanelState | undefined;
let frameRequested = false;

const app = document.getElementById('app') ?? document.body;
render(
  html`<div class="panel" hidden>
    <header class="banner-place"></header>
    <main class="conversation">
      <div class="find-bar" role="search" hidden></div>
      <div class="scroller" role="group" tabindex="0"><div class="content">
        <div class="welcome-place"></div>
        <div class="turns"></div>
      </div></div>
      <div class="jump-place"><button type="button" class="jump" hidden></button></div>
    </main>
    <footer class="composer"></footer>
    <div class="visually-hidden announcer" role="status"></div>
    <div class="history" role="main" hidden></div>
  </div>`,
  app,
);
const part = (name: string): HTMLElement => app.querySelector<HTMLElement>(`.${name}`) ?? app;
const panel = part('panel');
const jump = part('jump');
const follow = createFollow(part('scroller'), part('content'), (away) => {
  jump.hidden = !away;
});
const transcript = createTranscript(part('turns'), post);
const composer = createComposer(part('composer'), post, () => follow.jump());
const announce = createAnnouncer(part('announcer'));
const find = createFindBar(part('find-bar'), {
  post,
  scroller: part('scroller'),
  reasoningOf: (id) => state?.turns.find((turn) => turn.id === id)?.reasoning ?? '',
});
const history = createHistoryView(part('history'), post, () =>
  part('composer').querySelector('textarea')?.focus(),
);
jump.addEventListener('click', () => follow.jump());
handleAnswerClicks(app, post, () => state?.strings);

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isHostMessage(data)) return;
  state = reduce(state, data);
  history.receive(data, state?.strings);
  find.receive(data, state?.strings);
  if (frameRequested) return;
  frameRequested = true;
  requestAnimationFrame(paint);
});
post({ type: 'view-ready' });

function paint(): void {
  frameRequested = false;
  if (!state || state === painted) return;
  const { strings, turns } = state;
  transcript.update(turns, strings);
  announce(turns.at(-1), strings);
  composer.update(state);
  const welcomeDiffers =
    painted?.composer.connection !== state.composer.connection ||
    (painted.turns.length === 0) !== (turns.length === 0);
  if (strings !== painted?.strings || welcomeDiffers) paintSurroundings(state);
  if (painted && turns.length > painted.turns.length) follow.jump();
  painted = state;
}

/** The rarely changing rest. */
function paintSurroundings({ strings, turns, composer: composerState }: PanelState): void {
  panel.hidden = false;
  part('scroller').setAttribute('aria-label', strings['transcript.label']);
  render(html`${icon('arrow-down')}<span>${strings['transcript.jump']}</span>`, jump);
  render(composerState.connection === 'demo' ? demoBanner(strings, post) : nothing, part('banner-place'));
  const fill = (text: string) => composer.fill(text);
  const heading = html`<h1 class="visually-hidden">${strings['transcript.label']}</h1>`;
  render(
    turns.length === 0 ? welcome(composerState, strings, { post, fill }) : heading,
    part('welcome-place'),
  );
}
