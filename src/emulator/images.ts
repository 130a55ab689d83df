/** Decodes, measures and validates images in requests, and counts their tokens. */

import { imageSize } from 'image-size';

export interface ReceivedImage {
  /** `undefined`: the image was given by its address. Sizes in pixels. */
  data?: { mimeType: string; bytes: number; width: number; height: number };
  /** What a vision model counts for it. */
  tokens: number;
}

/** Each platform has its own message for these. */
export type ImageProblem = 'no-url' | 'too-large' | 'unreadable' | 'wrong-size';

/** In characters of a data URL; DashScope's error page. */
export const maxDataUrlLength = 10_485_760;

/** `url`: http, https or data with base64, and nothing else. */
export function readImage(url: unknown): ReceivedImage | ImageProblem {
  if (typeof url !== 'string') {
    return 'no-url';
  }
  if (/^https?:\/\/./.test(url)) {
    return { tokens: mostTokens + markTokens };
  }
  const head = /^data:(image\/[\w.+-]+);base64,/.exec(url);
  if (head?.[1] === undefined) {
    return 'no-url';
  }
  if (url.length > maxDataUrlLength) {
    return 'too-large';
  }
  return decode(head[1], url.slice(head[0].length));
}

function decode(mimeType: string, base64: string): ReceivedImage | ImageProblem {
  const bytes = Buffer.from(base64, 'base64');
  const withoutPadding = (text: string): string => text.replace(/={0,2}$/, '');
  // Node skips what is no base64; the platforms do not.
  if (bytes.length === 0 || withoutPadding(bytes.toString('base64')) !== withoutPadding(base64)) {
    return 'unreadable';
  }
  const size = measure(bytes);
  if (size === undefined || `image/${size.type === 'jpg' ? 'jpeg' : size.type}` !== mimeType) {
    return 'unreadable';
  }
  const { width, height } = size;
  const short = Math.min(width, height);
  return short <= 10 || Math.max(width, height) > 200 * short
    ? 'wrong-size'
    : { data: { mimeType, bytes: bytes.length, width, height }, tokens: countTokens(width, height) };
}

function measure(bytes: Uint8Array): ReturnType<typeof imageSize> | undefined {
  try {
    return imageSize(bytes);
  } catch {
    return undefined;
  }
}

/** Squares of 28 × 28 pixels, after the sample on the page "Image and video understanding"; `smart_resize` there. */
function countTokens(width: number, height: number): number {
  const round = (length: number) => Math.round(length / side) * side;
  let [resizedWidth, resizedHeight] = [round(width), round(height)];
  const pixels = resizedWidth * resizedHeight;
  if (pixels > mostTokens * side ** 2) {
    const beta = Math.sqrt((width * height) / (mostTokens * side ** 2));
    const floor = (length: number) => Math.max(1, Math.floor(length / beta / side)) * side;
    [resizedWidth, resizedHeight] = [floor(width), floor(height)];
  } else if (pixels < leastTokens * side ** 2) {
    const beta = Math.sqrt((leastTokens * side ** 2) / (width * height));
    const ceil = (length: number) => Math.ceil((length * beta) / side) * side;
    [resizedWidth, resizedHeight] = [ceil(width), ceil(height)];
  }
  return (resizedWidth * resizedHeight) / side ** 2 + markTokens;
}

const side = 28;
const leastTokens = 4;
const mostTokens = 1280;
/** One before the image, one behind it. */
const markTokens = 2;
