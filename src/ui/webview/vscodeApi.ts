/** Connects a page to its host through VS Code's webview API: messages, and the page's saved state. */

import { dispatch, type Handlers, type Message } from '../common/messages.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: object): void;
  /** The state that was set last, also before a reload. */
  getState<State>(): State | undefined;
  setState(state: object): void;
};

const api = acquireVsCodeApi();

/** A page's connection to its host. Its members need no `this`. */
export interface HostConnection<FromView extends Message, State extends object> {
  /** Sends one event to the host; there is no reply. */
  post(message: FromView): void;
  /** The page's own state, which survives a reload. */
  getState(): State | undefined;
  /** Sets the given members, and keeps the others. */
  updateState(state: Partial<State>): void;
}

/** Passes the host's messages to the handlers, and ignores other messages. Each page calls it once. */
export function connectToHost<
  ToView extends Message,
  FromView extends Message,
  State extends object = object,
>(handlers: Handlers<ToView>): HostConnection<FromView, State> {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isAmong(handlers, data)) dispatch(handlers, data);
  });
  return {
    post: (message) => api.postMessage(message),
    getState: () => api.getState<State>(),
    updateState: (state) => api.setState({ ...api.getState(), ...state }),
  };
}

/** Host and page have the same version of the protocol, so checking the type is enough. */
function isAmong<ToView extends Message>(handlers: Handlers<ToView>, data: unknown): data is ToView {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    typeof data.type === 'string' &&
    Object.hasOwn(handlers, data.type)
  );
}

/** Sends one event to the host, for code that several pages share. */
export function postToHost(message: Message): void {
  api.postMessage(message);
}
