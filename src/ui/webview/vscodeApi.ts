/** The line to the host: VS Code's webview API, with the messages and the memory of one page. */

import { dispatch, type Handlers, type Message } from '../common/messages.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: object): void;
  /** What the same page has set, perhaps before it was loaded again. */
  getState<Memory>(): Memory | undefined;
  setState(memory: object): void;
};

const api = acquireVsCodeApi();

/** A page's line to its host. Its members need no `this`. */
export interface HostLine<FromView extends Message, Memory extends object> {
  /** Sends one event to the host; there is no reply. */
  post(message: FromView): void;
  /** What the page keeps itself, across a reload. */
  recall(): Memory | undefined;
  /** Keeps what is given, and what was kept under other names. */
  remember(memory: Partial<Memory>): void;
}

/** Called once by each page. Calls the handlers with the host's messages, and with nothing else that is posted to the window. */
export function connectToHost<
  ToView extends Message,
  FromView extends Message,
  Memory extends object = object,
>(handlers: Handlers<ToView>): HostLine<FromView, Memory> {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isAmong(handlers, data)) dispatch(handlers, data);
  });
  return {
    post: (message) => api.postMessage(message),
    recall: () => api.getState<Memory>(),
    remember: (memory) => api.setState({ ...api.getState(), ...memory }),
  };
}

/** The host speaks the same version of the protocol, so the type of a message is enough to go by. */
function isAmong<ToView extends Message>(handlers: Handlers<ToView>, data: unknown): data is ToView {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    typeof data.type === 'string' &&
    Object.hasOwn(handlers, data.type)
  );
}

/** Sends one event to the host, for parts that several pages share. */
export function postToHost(message: Message): void {
  api.postMessage(message);
}
