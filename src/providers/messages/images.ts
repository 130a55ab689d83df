/** Validates and writes images in messages, and recognizes errors about them. */

import type { ChatError, ChatErrorKind, ClientErrorCode } from '../../llm/chatError.ts';
import type { ChatMessage, ImageContent, ModelInfo } from '../../llm/chatModel.ts';
import { invalidRequest } from '../checks.ts';

/** `ChatError.code` where a model takes no images, set by Qiao before sending and for a platform's refusal. */
export const noImages: ClientErrorCode = 'no-images';

/** The form in which DashScope, Qianfan v2 and OpenAI take an image without an address. */
export function toDataUrl({ mimeType, data }: ImageContent): string {
  return `data:${mimeType};base64,${data}`;
}

export function haveImages(messages: readonly ChatMessage[]): boolean {
  return messages.some(({ images }) => images?.length);
}

/** Throws `invalid-request`, with the code `no-images` where the model takes none. */
export function checkImages(providerId: string, info: ModelInfo, messages: readonly ChatMessage[]): void {
  for (const { role, images = [] } of messages) {
    if (images.length === 0) continue;
    if (info.imageInput === false) throw imagesRefused(providerId, info.id);
    if (role !== 'user' && role !== 'tool')
      throw invalidRequest(providerId, `A message of the role ${role} can hold no images.`);
    for (const { mimeType, data } of images) {
      if (!mimeTypes.has(mimeType))
        throw invalidRequest(providerId, `Images of the type "${mimeType}" cannot be sent.`);
      if (data === '') throw invalidRequest(providerId, 'An image is empty.');
    }
  }
}

export function imagesRefused(providerId: string, modelId: string): ChatError {
  const message = `${modelId} takes no images. Choose a model that sees, or ask without the image.`;
  return invalidRequest(providerId, message, noImages);
}

/**
 * Moves images from `tool` messages to a `user` message behind the last result of the round. OpenAI's reference
 * allows only text in `tool` messages, and no page of DashScope or Qianfan shows an image in one; nothing may come
 * between the results that answer one message.
 */
export function moveToolImages(messages: readonly ChatMessage[]): ChatMessage[] {
  const moved: ChatMessage[] = [];
  let images: ImageContent[] = [];
  let names: string[] = [];
  const flushImages = (): void => {
    if (images.length === 0) return;
    const noun = images.length === 1 ? 'This image is' : 'These images are';
    moved.push({ role: 'user', content: `${noun} part of the result of ${names.join(', ')}.`, images });
    images = [];
    names = [];
  };
  for (const message of messages) {
    if (message.role !== 'tool') flushImages();
    if (message.role !== 'tool' || !message.images?.length) {
      moved.push(message);
      continue;
    }
    const { images: held, ...result } = message;
    moved.push(result);
    images.push(...held);
    names.push(message.toolCallId ?? 'a tool');
  }
  flushImages();
  return moved;
}

/**
 * Whether an error's message says that the model takes no images; `kind` is the kind by code and status. No platform
 * has a code for it:
 * - DashScope: error page, "input content must be a string."; questions page of the token plan, "Unexpected item type
 *   in content." (images sent to a text model).
 * - OpenAI, as its users report it: "Invalid content type. image_url is only supported by certain models."
 * - vLLM: "… is not a multimodal model"; llama.cpp: "image input is not supported"; DeepSeek: "unknown variant
 *   `image_url`".
 */
export function saysNoImages(kind: ChatErrorKind, text: string): boolean {
  return refusalKinds.has(kind) && refusals.test(text);
}

/** Kinds of such errors by code and status: llama.cpp answers with status 500, others with codes of their own. */
const refusalKinds: ReadonlySet<ChatErrorKind> = new Set(['invalid-request', 'unexpected', 'unavailable']);

const refusals = new RegExp(
  [
    'unexpected item type in content',
    'input content must be a string',
    'image_url is only supported by',
    'is not a multimodal model',
    'unknown variant .?image_url',
    'unsupported content part type[^:]{0,100}: image',
    'images? (inputs? )?(is|are) not supported',
    '不支持(图片|图像|视觉|多模态)',
    'does not support (any )?images?( inputs?)?([^-\\w]|$)',
  ].join('|'),
  'i',
);

const mimeTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);
