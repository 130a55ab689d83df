/** Pictures of any size, for tests. */

import { crc32, deflateSync } from 'node:zlib';
import type { ImageContent } from '../../src/llm/chatModel.ts';

/** A black one. */
export function pngImage(width: number, height: number): Required<ImageContent> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const rows = deflateSync(Buffer.alloc(height * (width + 1)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const file = [signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))];
  return { mimeType: 'image/png', data: Buffer.concat(file).toString('base64'), width, height };
}

export function toUrl({ mimeType, data }: ImageContent): string {
  return `data:${mimeType};base64,${data}`;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
