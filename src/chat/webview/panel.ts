/** Entry of the chat panel: creates its parts, and paints the newest state at most once per animation frame. */

import '../../ui/webview/loadTexts.ts';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, render } from 'lit';
import { handleAll } from '../../ui/common/messages.ts';
import { showTooltips } from '../../ui/webview/tooltip.ts';
import { connectToHost } from '../../ui/webview/vscodeApi.ts';
import type { HostMessage } from '../common/protocol.ts';
import type { ViewMessage } from '../common/protocolSchema.ts';
import { createComposer } from './composer/composer.ts';
import { takeFoundFiles } from './fileLinks.ts';
import { createFindBar } from './find/findBar.ts';
import { createHistoryView } from './history/historyView.ts';
import type { SavedState } from './host.ts';
import { handleAnswerClicks } from './links.ts';
import { type PanelState, reduce, reducers, type StateMessage } from './state.ts';
import { requestStreamFrame } from './streamFrames.ts';
import { createAnnouncer } from './transcript/announcer.ts';
import { createTranscript } from './transcript/transcript.ts';
import { withoutStart } from './turnWindow.ts';
import { demoBanner, welcome } from './welcome.ts';

let state: PanelState | undefined;
let painted: PanelState | undefined;
let frameRequested = false;

const app = document.getElementById('app') ?? document.body;
/** The host writes the parts into the page (`panelFrame.ts`). */
const part = (name: string): HTMLElement => app.querySelector<HTMLElement>(`.${name}`) ?? app;
const host = connectToHost<HostMessage, ViewMessage, SavedState>({
  ...handleAll(reducers, show),
  snapshot(message) {
    show(message);
    host.updateState({ tab: message.tab });
    history.refresh();
    find.refresh();
  },
  'conversation-change': showTurns,
  'turn-start': showTurns,
  'turn-delta': showDelta,
  'turn-replace': showTurns,
  'turn-finish': showTurns,
  'composer-focus'(message) {
    show(message);
    // The user started it elsewhere: a new chat from the title bar, code from the editor.
    history.close();
  },
  'context-results': (message) => composer.showResults(message),
  'draft-move': ({ text }) => composer.moveDraft(text),
  'files-found': ({ there, asked }) => takeFoundFiles(there, asked),
  'history-show': () => history.open(),
  'history-list': (message) => history.show(message),
  'find-show'() {
    history.close();
    find.open();
  },
  'find-results': (message) => find.show(message),
});
const { post } = host;
const announcer = createAnnouncer(part('announcer'));
const transcript = createTranscript(part('conversation'), { ...host, say: announcer.say });
const composer = createComposer(part('composer'), host, () => transcript.goToEnd());
const find = createFindBar(part('find-bar'), {
  post,
  scroller: part('scroller'),
  renderAll: transcript.renderAll,
  reasoningOf: (id) => state?.turns.find((turn) => turn.id === id)?.reasoning ?? '',
});
const history = createHistoryView(part('history'), {
  post,
  focusComposer: () => part('composer').querySelector('textarea')?.focus(),
});
handleAnswerClicks(app, post);
showTooltips();

post({ type: 'view-ready' });
const tellFocus = (): void => post({ type: 'view-focus' });
window.addEventListener('focus', tellFocus);
if (document.hasFocus()) tellFocus();

/** Applies the message to the state, and paints with the next frame. */
function show(message: StateMessage): void {
  state = reduce(state, message);
  if (frameRequested) return;
  frameRequested = true;
  requestAnimationFrame(() => {
    frameRequested = false;
    paint();
  });
}

/** Like `show`, for messages after which the matches of a search may differ. */
function showTurns(message: StateMessage): void {
  show(message);
  find.refresh();
}

/** Like `showTurns`, for text of an answer: keys come first. */
function showDelta(message: StateMessage): void {
  state = reduce(state, message);
  requestStreamFrame(paint);
  find.refresh();
}

function paint(): void {
  if (!state || state === painted) return;
  // The reader is at the end: release the oldest turns.
  if (transcript.following) state = withoutStart(state);
  const { turns } = state;
  const welcomeDiffers =
    painted?.composer.connection !== state.composer.connection ||
    (painted.turns.length === 0) !== (turns.length === 0);
  if (!painted || welcomeDiffers) paintSurroundings(state);
  transcript.update(state);
  announcer.update(state);
  composer.update(state);
  painted = state;
}

/** Paints banner and welcome page. */
function paintSurroundings({ turns, composer: composerState }: PanelState): void {
  render(composerState.connection === 'demo' ? demoBanner(post) : nothing, part('banner-place'));
  const fill = (text: string) => composer.fill(text);
  const heading = html`<h1 class="visually-hidden">${l10n.t('Chat')}</h1>`;
  render(turns.length === 0 ? welcome(composerState, { post, fill }) : heading, transcript.welcomePlace);
}
