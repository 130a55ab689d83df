/** Checks `Host` and `Origin` of requests to a loopback server, against DNS rebinding and foreign pages. */

/**
 * Names that no DNS server can point elsewhere, with any port: a tunnel may have another one at its near end. After DNS
 * rebinding a page's requests arrive at 127.0.0.1 too, but they carry the page's own name.
 */
const localHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** The values of the headers `Host` and `Origin`. Programs other than browsers send no `Origin`. */
export interface RequestNames {
  host?: string;
  origin?: string;
}

/** Whether the request names this machine as its host. */
export function hasLocalHost({ host }: RequestNames): boolean {
  return host !== undefined && localHost.test(host);
}

/** Whether it comes from a page of the very server it goes to, or from no page. */
export function hasOwnOrigin({ host, origin }: RequestNames): boolean {
  return origin === undefined || origin === `http://${host}`;
}
