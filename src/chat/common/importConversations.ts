/** Reads and sanitizes an exported file from an untrusted source. */

import { exceedsLimits } from '../../base/common/jsonLimits.ts';
import type { Attachment, Conversation } from './conversation.ts';
import { fromExport } from './exportJson.ts';
import { conversationExportSchema } from './exportSchema.ts';

/** In bytes, and in UTF-16 units. */
export const maxImportSize = 64 * 2 ** 20;

/** A turn has some thirty values; a file has at most ten levels. */
const limits = { depth: 32, values: 500_000 };
const maxTitleLength = 300;
const maxReasonLength = 200;

/** Why a file is refused. `newer`: a later Qiao wrote it. `where`: the path of the invalid member. */
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
  /** Milliseconds since the epoch: later times are set to it. */
  now: number;
}

/** Returns the conversations with new ids and with valid times, titles and attachments. Throws an `ImportError`. */
export function readImport(text: string, { newId, now }: ImportOptions): Conversation[] {
  if (text.length > maxImportSize || exceedsLimits(text, limits))
    throw new ImportError({ type: 'too-large' });
  const value = parse(text);
  const { data, error } = conversationExportSchema.safeParse(value);
  if (data) return fromExport(data, newId).map((conversation) => sanitize(conversation, { newId, now }));
  const [issue] = error.issues;
  if (issue?.path[0] === 'version') throw new ImportError({ type: 'newer' });
  throw new ImportError({
    type: 'unsound',
    where: `${issue?.path.join('.')}: ${issue?.message}`.slice(0, maxReasonLength),
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ImportError({ type: 'no-json' });
  }
}

function sanitize(conversation: Conversation, { newId, now }: ImportOptions): Conversation {
  const seen = new Set<string>();
  const past = (at: number): number => Math.min(Math.max(0, at), now);
  return {
    ...conversation,
    createdAt: past(conversation.createdAt),
    title: conversation.title?.replace(/\p{Cc}+/gu, ' ').slice(0, maxTitleLength) || undefined,
    turns: conversation.turns.map((turn) => ({
      ...turn,
      askedAt: past(turn.askedAt),
      attachments: turn.attachments.map((attachment) => {
        const id = seen.has(attachment.id) ? newId() : attachment.id;
        seen.add(id);
        return { ...sanitizeAttachment(attachment), id };
      }),
    })),
  };
}

function sanitizeAttachment({ image, ...attachment }: Attachment): Attachment {
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

const maxLine = 2 ** 31 - 1;

function wholeLine(line: number): number {
  return Math.min(Math.max(0, Math.round(line)), maxLine);
}

const maxSide = 100_000;

function isPicture({ mimeType, data, width, height }: NonNullable<Attachment['image']>): boolean {
  const sides = [width, height].every((side) => Number.isInteger(side) && side > 0 && side <= maxSide);
  return sides && /^image\/(png|jpeg|webp|gif)$/.test(mimeType) && /^[A-Za-z0-9+/]+={0,2}$/.test(data);
}

/** What an import would add. */
export interface ImportSummary {
  conversations: number;
  questions: number;
  attachments: number;
  images: number;
  /** Without duplicates, in their order. */
  systemPrompts: readonly string[];
}

export function summarizeImport(conversations: readonly Conversation[]): ImportSummary {
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
