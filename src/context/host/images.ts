/** Creates attachments from images. */

import { randomUUID } from 'node:crypto';
import { imageSize } from 'image-size';
import { l10n } from 'vscode';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { noteAttached } from './storedAddress.ts';

/** In bytes; DashScope accepts at most 10 MiB of Base64, which is a third longer. */
export const maxImageBytes = 7 * 1024 * 1024;

const mimeTypes = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['webp', 'image/webp'],
  ['gif', 'image/gif'],
]);

/** Whether a file of this name is attached as an image. */
export function isImageName(name: string): boolean {
  return /\.(png|jpe?g|webp|gif)$/i.test(name);
}

/**
 * `path` and `uri` as in `Attachment`; the bytes tell the type, not the name. Throws with a message in the user's
 * language when the image is too large or of another type.
 */
export function toImageAttachment(
  bytes: Uint8Array,
  { path, uri }: { path: string; uri: string },
): Attachment {
  if (bytes.length > maxImageBytes) throw new UserError(tooLarge(path));
  const { mimeType, width, height } = measure(bytes, path);
  noteAttached(uri);
  return {
    id: randomUUID(),
    kind: 'image',
    path,
    uri,
    languageId: '',
    startLine: 0,
    endLine: 0,
    text: '',
    image: { mimeType, data: Buffer.from(bytes).toString('base64'), width, height },
  };
}

/** The message for an image of more than `maxImageBytes`. */
export function tooLarge(path: string): string {
  return l10n.t('“{0}” is larger than 7 MB. Platforms take no larger images.', path);
}

function measure(bytes: Uint8Array, path: string): { mimeType: string; width: number; height: number } {
  const message = l10n.t('“{0}” is not a PNG, JPEG, WebP or GIF image, or it is damaged.', path);
  let found: ReturnType<typeof imageSize>;
  try {
    found = imageSize(bytes);
  } catch (cause) {
    throw new UserError(message, { cause });
  }
  const mimeType = mimeTypes.get(found.type ?? '');
  if (!mimeType) throw new UserError(message);
  // EXIF orientations from 5 on swap width and height.
  const turned = (found.orientation ?? 1) >= 5;
  return {
    mimeType,
    width: turned ? found.height : found.width,
    height: turned ? found.width : found.height,
  };
}
