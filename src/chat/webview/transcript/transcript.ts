/** The transcript: shows the loaded turns of the chat, and controls its scroll position. */

import * as l10n from '@vscode/l10n';
import { html, render, type TemplateResult } from 'lit';
import { icon } from '../../../ui/webview/dom.ts';
import type { HostConnection } from '../../../ui/webview/vscodeApi.ts';
import type { ViewMessage } from '../../common/protocolSchema.ts';
import type { SavedState } from '../host.ts';
import type { PanelState } from '../state.ts';
import { keepInPlace } from './anchor.ts';
import { type ContextMarks, contextMarks, lineText } from './contextMarks.ts';
import { createEdges } from './edges.ts';
import { createEditDrafts } from './editDrafts.ts';
import { createFollow } from './follow.ts';
import { focusAction } from './keepFocus.ts';
import { createModelMenu } from './modelMenu.ts';
import { revealTurn } from './reveal.ts';
import { markBusy, type TurnContext } from './turnContext.ts';
import { handleTurnKeys } from './turnKeys.ts';
import { createTurnList } from './turnList.ts';

export interface Transcript {
  /** The place of the welcome page, which scrolls with the turns. */
  readonly welcomePlace: HTMLElement;
  /** Whether the reader is at the end of the conversation and follows it. */
  readonly following: boolean;
  update(state: PanelState): void;
  /** Goes to the end of the conversation, and follows it from there. */
  goToEnd(): void;
  /** Scrolls to a turn; `false` if it is not loaded. */
  reveal(turnId: string): boolean;
  /** Renders the turns that were to be rendered in the next frames. */
  renderAll(): void;
}

export interface TranscriptOptions extends HostConnection<ViewMessage, SavedState> {
  /** Has a screen reader say something. */
  say(text: string): void;
}

/** Fills `root`. */
export function createTranscript(
  root: HTMLElement,
  { post, getState, updateState, say }: TranscriptOptions,
): Transcript {
  render(frame(), root);
  const part = (name: string) => root.querySelector<HTMLElement>(`.${name}`) ?? root;
  const scroller = part('scroller');
  const turns = part('turns');
  const jump = part('jump');
  scroller.setAttribute('aria-label', l10n.t('Chat'));
  scroller.setAttribute('aria-description', l10n.t('Alt+Up and Alt+Down move from turn to turn.'));
  render(html`${icon('arrow-down')}<span>${l10n.t('Jump to Latest')}</span>`, jump);
  let state: PanelState | undefined;
  let marks: ContextMarks = { firstSent: 0 };
  /** The end was requested from the host. */
  let wantsEnd = false;
  /** The position for the turn of the requested branch. */
  let switching: { turnId: string; top: number; action: string | undefined } | undefined;

  const follow = createFollow(scroller, part('content'), (away) => {
    jump.hidden = !away;
  });
  const updateEdges = createEdges(
    scroller,
    { before: part('earlier-line'), after: part('later-line') },
    post,
  );
  const toggleModelMenu = createModelMenu(part('model-menu'));
  const context: TurnContext = {
    get commands() {
      return state?.composer.commands ?? [];
    },
    get busy() {
      return state?.conversation.running ?? false;
    },
    post,
    edits: createEditDrafts(getState()?.edits ?? {}, (edits) => updateState({ edits })),
    explainBusy: () => state && say(l10n.t('An answer is coming. Stop it first, or wait for its end.')),
    goToEnd,
    chooseModel: (button, choose) => state && toggleModelMenu(button, state.composer, choose),
    selectBranch(turnId, from) {
      const top = from.closest('.turn')?.getBoundingClientRect().top ?? 0;
      switching = { turnId, top, action: from.dataset.action };
      post({ type: 'branch-select', turnId });
    },
  };
  const list = createTurnList(scroller, turns, context);
  jump.addEventListener('click', () => {
    goToEnd();
    // The button disappears and would lose the focus.
    scroller.focus({ preventScroll: true });
  });
  handleTurnKeys(scroller, turns);

  function goToEnd(): void {
    if (state && state.later > 0) {
      wantsEnd = true;
      post({ type: 'turns-show', turnId: null });
    } else follow.jump();
  }

  function update(next: PanelState): void {
    const before = state;
    state = next;
    if (before?.conversation.running !== next.conversation.running) {
      turns.classList.toggle('busy', next.conversation.running);
      markBusy(turns, next.conversation.running);
    }
    const same = before?.earlier === next.earlier && before?.later === next.later && list.holds(next.turns);
    if (same) list.refresh(next.turns);
    else rearrange(before, next);
    if (!same || before?.context !== next.context) drawMarks(next, !same);
    if (next.reveal && isRevealing(before, next)) show(next.reveal.turnId);
    if (!same) updateEdges(next);
  }

  /** Shows added or removed turns. */
  function rearrange(before: PanelState | undefined, next: PanelState): void {
    const change = (goal?: string): void => {
      list.rearrange(next.turns, goal);
      drawCount('earlier', next);
      drawCount('later', next);
    };
    const ends = before?.conversation.id !== next.conversation.id || (wantsEnd && next.later === 0);
    follow.setComplete(next.later === 0);
    const end = next.turns.at(-1)?.id;
    if (isRevealing(before, next)) change(next.reveal?.turnId);
    else if (asksHere(before, next)) {
      change(end);
      goToEnd();
    } else if (ends || follow.following) {
      change(end);
      follow.jump();
    } else if (keepInPlace(scroller, turns, change)) follow.stay();
    else follow.jump();
    if (next.later === 0) wantsEnd = false;
  }

  function drawMarks(next: PanelState, turnsDiffer: boolean): void {
    const now = contextMarks(next, next.context);
    if (!turnsDiffer && now.firstSent === marks.firstSent && now.line === marks.line) return;
    marks = now;
    const draw = (): void => {
      list.mark(now);
      const below = now.line !== undefined && now.firstSent === next.turns.length;
      part('context-end').hidden = !below;
      part('context-end').textContent = below && now.line ? lineText(now.line) : '';
    };
    if (follow.following) draw();
    else if (keepInPlace(scroller, turns, draw)) follow.stay();
  }

  function show(turnId: string): boolean {
    const element = list.elementOf(turnId);
    if (!element) return false;
    follow.stay();
    if (switching?.turnId === turnId) {
      scroller.scrollTop += element.getBoundingClientRect().top - switching.top;
      focusAction(element, switching.action);
      follow.stay();
    } else revealTurn(scroller, element);
    switching = undefined;
    return true;
  }

  function drawCount(side: 'earlier' | 'later', counts: PanelState): void {
    const line = part(`${side}-line`);
    line.hidden = counts[side] === 0;
    const count = counts[side].toLocaleString();
    line.textContent =
      side === 'earlier' ? l10n.t('Earlier turns: {0}', count) : l10n.t('Later turns: {0}', count);
  }

  return {
    welcomePlace: part('welcome-place'),
    get following() {
      return follow.following;
    },
    update,
    goToEnd,
    reveal: show,
    renderAll: list.renderAll,
  };
}

/** Whether the user has just asked something, here or by a command; a queued question does not count. */
function asksHere(before: PanelState | undefined, { conversation, turns, later }: PanelState): boolean {
  if (!before || before.conversation.running || before.conversation.queued) return false;
  const added = later > before.later || turns.at(-1)?.id !== before.turns.at(-1)?.id;
  return conversation.running && added;
}

function isRevealing(before: PanelState | undefined, { reveal }: PanelState): boolean {
  return reveal !== undefined && reveal.version !== before?.reveal?.version;
}

function frame(): TemplateResult {
  return html`
    <div class="scroller" role="group" tabindex="0"><div class="content">
      <div class="welcome-place"></div>
      <p class="count-line earlier-line" hidden></p>
      <div class="turns"></div>
      <p class="context-line context-end" hidden></p>
      <p class="count-line later-line" hidden></p>
    </div></div>
    <div class="jump-place"><button type="button" class="jump" hidden></button></div>
    <div class="popover model-menu" role="dialog" tabindex="-1"></div>
  `;
}
