/** Makes the view models of turns, answers and attachments: without code texts, with errors in the user's language. */

import { l10n } from 'vscode';
import { markHidden, summarizeHidden } from '../../base/common/hiddenText.ts';
import { describeHidden } from '../../base/host/hiddenTexts.ts';
import type { Models } from '../../connections/host/models.ts';
import { describeEnding } from '../../errors/host/endingTexts.ts';
import { toErrorCard } from '../../errors/host/errorCard.ts';
import { answerReasoning, answerText, resultsById, stepsOf, usesTools } from '../../llm/answerParts.ts';
import { isBrokenOff } from '../../llm/finishReason.ts';
import { formatCost } from '../../llm/pricing.ts';
import { usageDetails } from '../../usage/host/usageTexts.ts';
import {
  type Answer,
  type Attachment,
  activeTurns,
  type Conversation,
  type Turn,
} from '../common/conversation.ts';
import { estimateAttachment } from '../common/prompt.ts';
import type { AttachmentView, OutcomeView, ToolView, TurnView, TurnWindow } from '../common/protocol.ts';

type ModelTexts = Pick<Models, 'describe' | 'successorOf'>;

/** Turns sent to the panel at once, at most. */
const pageSize = 40;
/** UTF-16 units of text sent at once, unless a single turn has more: a message costs both sides by its length. */
const pageCharacters = 200_000;

/** The last turns of the active branch, or those around the turn `aroundId`. */
export function toTurnWindow(conversation: Conversation, models: ModelTexts, aroundId?: string): TurnWindow {
  const path = activeTurns(conversation);
  const around = path.findIndex(({ id }) => id === aroundId);
  const latest = Math.max(0, path.length - pageSize);
  const first = around === -1 ? latest : Math.min(latest, Math.max(0, around - pageSize / 2));
  const [start, end] = withinLimit(path, {
    start: first,
    end: Math.min(path.length, first + pageSize),
    from: around === -1 ? path.length - 1 : around,
  });
  return {
    turns: toTurnViews(conversation, path.slice(start, end), models),
    earlier: start,
    later: path.length - end,
  };
}

/** The turns next to `turnId`, which the panel has; `undefined` for a turn of another branch. */
export function toMoreTurns(
  conversation: Conversation,
  models: ModelTexts,
  { place, turnId }: { place: 'before' | 'after'; turnId: string },
): { turns: readonly TurnView[]; left: number } | undefined {
  const path = activeTurns(conversation);
  const index = path.findIndex(({ id }) => id === turnId);
  if (index === -1) return undefined;
  const [start, end] =
    place === 'before'
      ? withinLimit(path, { start: Math.max(0, index - pageSize), end: index, from: index - 1 })
      : withinLimit(path, {
          start: index + 1,
          end: Math.min(path.length, index + 1 + pageSize),
          from: index + 1,
        });
  return {
    turns: toTurnViews(conversation, path.slice(start, end), models),
    left: place === 'before' ? start : path.length - end,
  };
}

/** The turns from `start` to `end` (exclusive) around the turn `from` whose texts stay within the limit. */
function withinLimit(
  path: readonly Turn[],
  { start, end, from }: { start: number; end: number; from: number },
): [start: number, end: number] {
  let [first, last] = [from, from];
  let left = pageCharacters - lengthAt(path, from);
  const take = (index: number): boolean => {
    left -= lengthAt(path, index);
    return left >= 0;
  };
  // By turns from both sides, so that a turn in the middle stays there.
  let [up, down] = [true, true];
  while (up || down) {
    up = up && first > start && take(first - 1);
    if (up) first -= 1;
    down = down && last + 1 < end && take(last + 1);
    if (down) last += 1;
  }
  return [Math.max(start, first), Math.min(end, last + 1)];
}

function lengthAt(path: readonly Turn[], index: number): number {
  const turn = path[index];
  if (!turn) return 0;
  const lengths = turn.answer.parts.map((part) =>
    part.type === 'tool-call' ? part.arguments.length : part.text.length,
  );
  return lengths.reduce((sum, length) => sum + length, turn.question.length);
}

export function toTurnViews(
  conversation: Conversation,
  turns: readonly Turn[],
  models: ModelTexts,
): TurnView[] {
  const branchOf = branchesOf(conversation);
  return turns.map((turn) => ({
    id: turn.id,
    question: turn.question,
    attachments: turn.attachments.map(toAttachmentView),
    modelName: models.describe(turn.model).name,
    text: answerText(turn.answer),
    reasoning: answerReasoning(turn.answer),
    ...(usesTools(turn.answer) && { tools: toToolViews(turn.answer) }),
    outcome: toOutcomeView(turn.answer, models.successorOf(turn.model)),
    branch: branchOf(turn),
  }));
}

/** Where each turn stands among the branches of its parent; `undefined` for a turn without alternatives. */
export function branchesOf({ turns }: Conversation): (turn: Turn) => TurnView['branch'] {
  const children = new Map<string | null, string[]>();
  const places = new Map<string, number>();
  for (const { id, parentId } of turns) {
    const siblings = children.get(parentId) ?? [];
    places.set(id, siblings.length);
    siblings.push(id);
    children.set(parentId, siblings);
  }
  return ({ id, parentId }) => {
    const siblings = children.get(parentId) ?? [];
    if (siblings.length < 2) return undefined;
    const index = places.get(id) ?? -1;
    return { index, count: siblings.length, previousId: siblings[index - 1], nextId: siblings[index + 1] };
  };
}

/** The tool calls of an answer, each with its result. */
export function toToolViews(answer: Pick<Answer, 'parts'>): ToolView[] {
  return stepsOf(answer).flatMap(({ calls, results }) => {
    const byId = resultsById(results);
    return calls.map(({ id, name, arguments: text }) => {
      const result = byId.get(id);
      return {
        name,
        arguments: text,
        result: result && { text: result.text, isError: result.isError === true },
      };
    });
  });
}

export function toAttachmentView(attachment: Attachment): AttachmentView {
  const { id, kind, path, languageId, startLine, endLine, symbol, uri, cutCharacters } = attachment;
  return {
    id,
    kind,
    name: markHidden(symbol ?? (uri === '' ? path : lastPartOf(path))),
    path: markHidden(path),
    languageId,
    startLine,
    endLine,
    tokens: estimateAttachment(attachment),
    cutCharacters,
    hidden: hiddenIn(attachment),
    canOpen: uri !== '',
  };
}

/** Attachments are immutable: each is scanned once. */
const hiddenTexts = new WeakMap<Attachment, { text: string | undefined }>();

function hiddenIn(attachment: Attachment): string | undefined {
  const known = hiddenTexts.get(attachment);
  if (known) return known.text;
  const found = summarizeHidden(`${attachment.path}\n${attachment.text}`);
  const text = found && describeHidden(found);
  hiddenTexts.set(attachment, { text });
  return text;
}

/** A folder's path ends with a slash. */
function lastPartOf(path: string): string {
  return path.slice(path.lastIndexOf('/', path.length - 2) + 1) || path;
}

/** `successor`: the model to suggest where the platform lacks this one. */
export function toOutcomeView(answer: Answer, successor?: { name: string }): OutcomeView {
  const { status, finishReason, usage, cost, error, reasoningMs } = answer;
  return {
    status,
    finishReason,
    usage,
    cost: cost && formatCost(cost),
    usageDetails: usageDetails(answer),
    reasoningMs,
    canContinue: canContinue(answer),
    notice: noticeOf(answer),
    error: error && toErrorCard(error, successor),
  };
}

/** Whether an answer ended early, with a text to continue from. */
export function canContinue(answer: Answer): boolean {
  const { status, finishReason, rawReason, error } = answer;
  if (answerText(answer).trim() === '' || error?.kind === 'content-filtered') return false;
  const cut = finishReason === 'length' || isBrokenOff(rawReason);
  return status === 'done' ? cut : status !== 'running';
}

function noticeOf(answer: Answer): string | undefined {
  const { status, finishReason, omittedTurns } = answer;
  const sentences = [
    status === 'stopped' && l10n.t('Stopped.'),
    status === 'interrupted' && l10n.t('Interrupted: VS Code closed while the answer was coming.'),
    finishReason === 'length' &&
      l10n.t('The answer was cut at the length limit. Continue it, or raise “Maximum output tokens”.'),
    finishReason === 'content-filter' &&
      l10n.t('The platform’s content filter marked this turn. It is not sent along with later questions.'),
    describeEnding(answer, canContinue(answer)),
    omittedTurns === 1 && l10n.t('The oldest turn was left out: it did not fit into the model’s context.'),
    omittedTurns !== undefined &&
      omittedTurns > 1 &&
      l10n.t('The {0} oldest turns were left out: they did not fit into the model’s context.', omittedTurns),
  ];
  return sentences.filter(Boolean).join(' ') || undefined;
}
