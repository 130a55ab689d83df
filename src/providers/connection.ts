/** How a model is reached: address, credentials, limits. */

export interface Timeouts {
  /** Until the TCP and TLS handshakes are done. Default 15,000. */
  connectMs?: number;
  /** From the request's end to the answer's first byte. Default 300,000: the service itself gives up then. */
  firstByteMs?: number;
  /** Longest silence inside an answer; comments count as life. Default 300,000. There is no limit on the whole. */
  idleMs?: number;
}

interface CommonConnection {
  timeouts?: Timeouts;
}

/** `baseUrl` is the origin plus any path prefix before the documented path; default `https://dashscope.aliyuncs.com`. */
export interface DashScopeConnection extends CommonConnection {
  protocol: 'dashscope';
  baseUrl?: string;
  apiKey: string;
  /** `X-DashScope-WorkSpace`: needed with the key of a sub-account. */
  workspaceId?: string;
}

export type Connection = DashScopeConnection;
