/** One window that is killed again and again while an answer comes, and what a user would expect to find in it. */

import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmulator } from '../../src/emulator/index.ts';
import { lossOf, type Shown } from './loss.ts';
import type {
  OpenedConversation,
  OpenedTurn,
  WindowCommand,
  WindowOptions,
  WindowReport,
} from './stage/messages.ts';
import { type PacedAnswer, scriptPacedAnswer } from './stage/pacedAnswer.ts';
import { startVictim, type Victim } from './stage/start.ts';

/** One kill: what the window is doing, and when it ends. */
export interface Kill {
  action: 'new' | 'follow' | 'continue';
  /** Chooses the conversation to follow or to continue. */
  choice: number;
  /** Pieces of reasoning before the answer's text. */
  thoughts: number;
  /** Milliseconds after the request has arrived at the platform. */
  afterMs: number;
}

export interface LaneOptions {
  /** Part of every question. */
  name: string;
  /** The bundled `window.ts`. */
  program: string;
  /** The storage; lanes share it. */
  folder: string;
  kills: readonly Kill[];
}

export interface LaneResult {
  conversations: readonly string[];
  /** For each kill, for how long the oldest characters had been shown that were not found again, in milliseconds. */
  losses: readonly number[];
}

interface Expected {
  id: string;
  /** As they were found after the kill that ended each; none may ever change, but the one that is continued. */
  turns: Pick<OpenedTurn, 'question' | 'text' | 'reasoning'>[];
}

/** The answer that was coming when the window was killed; it is the conversation's last. */
interface Pending {
  conversation: Expected;
  answer: PacedAnswer;
  shown: readonly Shown[];
  /** Milliseconds since the epoch. */
  killedAt: number;
}

/** Throws an `AssertionError` for anything lost. */
export async function runLane({ name, program, folder, kills }: LaneOptions): Promise<LaneResult> {
  const emulator = await startEmulator();
  const expected: Expected[] = [];
  const losses: number[] = [];
  let pending: Pending | undefined;
  let window: Victim<WindowCommand, WindowReport> | undefined;
  try {
    for (const [index, kill] of kills.entries()) {
      window = await openWindow();
      pending = await killWhileStreaming(window, kill, `${name}.${index}`);
    }
    window = await openWindow();
  } finally {
    await window?.kill();
    await emulator.dispose();
  }
  return { conversations: expected.map(({ id }) => id), losses };

  /** Starts the window again and looks at every conversation of this lane. */
  async function openWindow(): Promise<Victim<WindowCommand, WindowReport>> {
    const options: WindowOptions = {
      folder,
      memoryFile: path.join(folder, `../memory-${name}.json`),
      origin: emulator.origin,
      ids: expected.map(({ id }) => id),
    };
    const window = startVictim<WindowCommand, WindowReport>(program, options);
    const { conversations } = await window.waitFor((report) => report.type === 'ready');
    for (const [index, conversation] of expected.entries()) {
      const loss = check(conversation, conversations[index], pending);
      if (loss !== undefined) losses.push(loss);
    }
    return window;
  }

  async function killWhileStreaming(
    window: Victim<WindowCommand, WindowReport>,
    { action, choice, thoughts, afterMs }: Kill,
    question: string,
  ): Promise<Pending> {
    const chosen = action === 'new' ? undefined : expected[choice % Math.max(1, expected.length)];
    const continued = action === 'continue' && chosen?.turns.at(-1)?.text ? chosen : undefined;
    const answer = scriptPacedAnswer(emulator, { name: question, thoughts: continued ? 0 : thoughts });
    window.send(
      continued
        ? { type: 'continue', conversationId: continued.id }
        : { type: 'ask', conversationId: chosen?.id, question },
    );
    const [{ conversationId }] = await Promise.all([
      window.waitFor((report) => report.type === 'asked'),
      answer.arrived,
    ]);
    await delay(afterMs);
    const killedAt = Date.now();
    await window.kill();
    const shown = window.reports.filter((report) => report.type === 'shown');
    assert.deepEqual(
      window.reports.filter(({ type }) => type === 'complaint'),
      [],
    );
    const conversation = chosen ?? { id: conversationId, turns: [] };
    if (!chosen) expected.push(conversation);
    if (!continued) conversation.turns.push({ question, text: '', reasoning: '' });
    return { conversation, answer, shown, killedAt };
  }
}

/** The loss, for the conversation that was being answered; what was found becomes what is expected from now on. */
function check(
  expected: Expected,
  found: OpenedConversation | undefined,
  pending: Pending | undefined,
): number | undefined {
  assert.ok(found, `conversation ${expected.id} is there and readable`);
  assert.equal(found.turns.length, expected.turns.length, `turns of ${expected.id}`);
  const hit = pending?.conversation === expected ? pending : undefined;
  let loss: number | undefined;
  for (const [index, turn] of found.turns.entries()) {
    const before = expected.turns[index];
    assert.ok(before);
    assert.equal(turn.status, 'interrupted');
    assert.equal(turn.canContinue, turn.text !== '');
    assert.equal(turn.question, before.question);
    if (hit && index === found.turns.length - 1) {
      assert.ok(turn.text.startsWith(before.text) && turn.reasoning.startsWith(before.reasoning));
      const added = turn.reasoning.slice(before.reasoning.length) + turn.text.slice(before.text.length);
      loss = lossOf(added, hit.answer, hit.shown, hit.killedAt);
      expected.turns[index] = turn;
    } else {
      assert.equal(turn.text, before.text);
      assert.equal(turn.reasoning, before.reasoning);
    }
  }
  return loss;
}
