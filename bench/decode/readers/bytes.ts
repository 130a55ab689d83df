/** Reads an answer's bytes and nothing more: the limit that no client on undici can beat, and the socket below it. */

import { connect } from 'node:net';
import { Agent, request } from 'undici';
import { modelId, type Reader } from './reader.ts';

const body = JSON.stringify({ model: modelId, stream: true });
const dispatcher = new Agent({ connect: { timeout: 15_000 } });

export const undiciBytes: Reader = {
  async read(baseUrl, onPiece) {
    const answer = await request(`${baseUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      dispatcher,
    });
    await new Promise((resolve, reject) => {
      answer.body.on('data', onPiece).on('end', resolve).on('error', reject);
    });
  },
};

export const socketBytes: Reader = {
  read(baseUrl, onPiece) {
    const { hostname, port, pathname } = new URL(baseUrl);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      socket.on('data', onPiece).on('end', resolve).on('error', reject);
      socket.write(
        `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
      );
    });
  },
};
