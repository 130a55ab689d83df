/** Sees to it that a client under test talks to the emulator alone. */

import assert from 'node:assert/strict';
import { Socket } from 'node:net';

/** Called in a `describe`: a connection to another host than this one is refused, and fails the test. */
export function useLoopbackOnly(): void {
  let connections: ReturnType<typeof watchConnections>;
  beforeEach(() => {
    connections = watchConnections();
  });
  afterEach(() => {
    connections.restore();
    assert.deepEqual(connections.others, []);
  });
}

/** Until `restore`. */
function watchConnections(): { readonly others: readonly string[]; restore(): void } {
  const others: string[] = [];
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
    const [options] = args.flat();
    const host = hostOf(options);
    if (!['127.0.0.1', 'localhost', '::1'].includes(host)) {
      others.push(host);
      throw new Error(`no connection to ${host} in a test`);
    }
    return Reflect.apply(connect, this, args);
  } as typeof connect;
  return {
    others,
    restore: () => {
      Socket.prototype.connect = connect;
    },
  };
}

function hostOf(options: unknown): string {
  return typeof options === 'object' && options !== null && 'host' in options
    ? String(options.host)
    : 'localhost';
}
