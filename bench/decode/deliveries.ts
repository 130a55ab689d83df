/** The two ways in which a server's bytes arrive, and the address that asks for one of them. */

import { type Protocol, protocols } from './answers.ts';

/** `steady`: one event in a packet, 2,000 in a second. `bursts`: 64 KiB at once, as fast as they are taken. */
export const deliveries = ['steady', 'bursts'] as const;
export type Delivery = (typeof deliveries)[number];

/** In a second, when the delivery is steady. */
export const steadyRate = 2000;

export interface Exchange {
  readonly protocol: Protocol;
  readonly delivery: Delivery;
  readonly events: number;
}

/** What a client takes for its base URL; the protocol's own path comes behind it. */
export function toBaseUrl(port: number, { protocol, delivery, events }: Exchange): string {
  return `http://127.0.0.1:${port}/${protocol}/${delivery}/${events}`;
}

/** `undefined`: not such an address. */
export function readPath(path: string): Exchange | undefined {
  const [, first, second, third] = path.split('/');
  const protocol = protocols.find((name) => name === first);
  const delivery = deliveries.find((name) => name === second);
  const events = Number(third);
  return protocol && delivery && events > 0 ? { protocol, delivery, events } : undefined;
}
