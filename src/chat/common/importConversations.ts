/** Reads an exported file that may come from anybody, and says what it would bring. */

import { exceedsLimits } from '../../base/common/jsonLimits.ts';
import type { Attachment, Conversation } from './conversation.ts';
import { fromExport } from './exportJson.ts';
import { conversationExportSchema } from './exportSchema.ts';

/** In bytes, and in UTF-16 units. */
export const largestImport = 64 * 2 ** 20;

/** A turn has some thirty values; nothing in such a file lies deeper than ten levels. */
const limits = { depth: 32, values: 500_000 };
const longestTitle = 300;
const longestReason = 200;

/** Why a file is not taken. `newer`: a later Qiao wrote it. `where` names the member that is wrong. */
export type ImportFault = { type: 'too-large' | 'no-json' | 'newer' } | { type: 'unsound'; where: string };

export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly fault: ImportFault;

  constructor(fault: ImportFault) {
    super(fault.type);
    this.fault = fault;
  }
}

export interface ImportOptions {
  newId(): string;
  /** Milliseconds since the epoch: nothing was asked later. */
  now: number;
}

/** Conversations with new ids, which hold nothing that another part of Qiao would stumble over. Throws an `ImportError`. */
export function readImport(text: string, { newId, now }: ImportOptions): Conversation[] {
  if (text.length > largestImport || exceedsLimits(text, limits))
    throw new ImportError({ type: 'too-large' });
  const value = parse(text);
  const { data, error } = conversationExportSchema.safeParse(value);
  if (data) return fromExport(data, newId).map((conversation) => plain(conversation, { newId, now }));
  const [issue] = error.issues;
  if (issue?.path[0] === 'version') throw new ImportError({ type: 'newer' });
  throw new ImportError({
    type: 'unsound',
    where: `${issue?.path.join('.')}: ${issue?.message}`.slice(0, longestReason),
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ImportError({ type: 'no-json' });
  }
}

function plain(conversation: Conversation, { newId, now }: ImportOptions): Conversation {
  const seen = new Set<string>();
  const past = (at: number): number => Math.min(Math.max(0, at), now);
  return {
    ...conversation,
    createdAt: past(conversation.createdAt),
    title: conversation.title?.replace(/\p{Cc}+/gu, ' ').slice(0, longestTitle) || undefined,
    turns: conversation.turns.map((turn) => ({
      ...turn,
      askedAt: past(turn.askedAt),
      attachments: turn.attachments.map((attachment) => {
        const id = seen.has(attachment.id) ? newId() : attachment.id;
        seen.add(id);
        return { ...plainAttachment(attachment), id };
      }),
    })),
  };
}

function plainAttachment({ image, ...attachment }: Attachment): Attachment {
  const { path, languageId, startLine, endLine } = attachment;
  return {
    ...attachment,
    path: path.replace(/\p{Cc}+/gu, ' '),
    languageId: /^[\w+#.-]{0,60}$/.test(languageId) ? languageId : '',
    startLine: wholeLine(startLine),
    endLine: Math.max(wholeLine(startLine), wholeLine(endLine)),
    ...(image && isPicture(image) ? { image } : {}),
  };
}

const mostLines = 2 ** 31 - 1;

function wholeLine(line: number): number {
  return Math.min(Math.max(0, Math.round(line)), mostLines);
}

const longestSide = 100_000;

function isPicture({ mimeType, data, width, height }: NonNullable<Attachment['image']>): boolean {
  const sides = [width, height].every((side) => Number.isInteger(side) && side > 0 && side <= longestSide);
  return sides && /^image\/(png|jpeg|webp|gif)$/.test(mimeType) && /^[A-Za-z0-9+/]+={0,2}$/.test(data);
}

/** What an import would bring. */
export interface ImportFacts {
  conversations: number;
  questions: number;
  attachments: number;
  images: number;
  /** Each once, in their order. */
  systemPrompts: readonly string[];
}

export function factsOf(conversations: readonly Conversation[]): ImportFacts {
  const turns = conversations.flatMap((conversation) => conversation.turns);
  const attachments = turns.flatMap((turn) => turn.attachments);
  const prompts = conversations.flatMap(({ settings }) => settings.systemPrompt?.trim() || []);
  return {
    conversations: conversations.length,
    questions: turns.length,
    attachments: attachments.length,
    images: attachments.filter(({ image }) => image).length,
    systemPrompts: [...new Set(prompts)],
  };
}
