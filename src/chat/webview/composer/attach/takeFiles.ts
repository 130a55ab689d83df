/** Attaches pasted or dropped images, and explains which files cannot be attached. */

import * as l10n from '@vscode/l10n';
import { longestImage } from '../../../common/protocol.ts';
import type { Post } from '../../host.ts';

export interface TakeFilesOptions {
  post: Post;
  /** Shows a message to the user. */
  say(text: string): void;
}

const imageTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);
/** Four characters of Base64 are three bytes. */
const largestImage = (longestImage / 4) * 3;
const mostImages = 20;

/** A webview learns nothing of where other files lie, so they can't be attached. */
export async function takeFiles(files: readonly File[], { post, say }: TakeFilesOptions): Promise<void> {
  const images = files.filter(({ type }) => imageTypes.has(type));
  const problems = images
    .filter(({ size }) => size > largestImage)
    .map(({ name, size }) =>
      l10n.t(
        '“{0}” has {1} MB; an image can have up to {2} MB.',
        name,
        megabytes(size),
        megabytes(largestImage),
      ),
    );
  const other = files.find(({ type }) => !imageTypes.has(type));
  if (other)
    problems.push(
      other.type.startsWith('image/')
        ? l10n.t('“{0}” cannot be added: images must be PNG, JPEG, WebP or GIF.', other.name)
        : l10n.t(
            '“{0}” comes from outside VS Code, which does not tell Qiao where it lies. Open it in VS Code and drag it from there.',
            other.name,
          ),
    );
  const taken = images.filter(({ size }) => size <= largestImage);
  if (taken.length > mostImages) problems.push(l10n.t('Only the first {0} images were added.', mostImages));
  for (const file of taken.slice(0, mostImages)) {
    try {
      post({
        type: 'image-add',
        name: file.name || 'image',
        mimeType: file.type,
        data: await toBase64(file),
      });
    } catch {
      problems.push(l10n.t('“{0}” cannot be read.', file.name));
    }
  }
  if (problems.length > 0) say(problems.join(' '));
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function toBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const { result } = reader;
      if (typeof result === 'string') resolve(result.slice(result.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
