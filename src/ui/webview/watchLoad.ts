/**
 * Reports to the host if a style sheet or the script of the page fails to load; runs before all else. Gives effect to style
 * sheets that the first frame does not wait for.
 */

import { loadFailed } from '../common/loadFailed.ts';

declare let acquireVsCodeApi: () => { postMessage(message: typeof loadFailed): void };

// VS Code hands it out once; the page's script, which comes later, finds it here.
const api = acquireVsCodeApi();
acquireVsCodeApi = () => api;

/** Once in a page, and not of what the page loads later. */
function tell({ target }: Event): void {
  if (!(target instanceof HTMLLinkElement || target instanceof HTMLScriptElement)) return;
  stop();
  api.postMessage(loadFailed);
}

function show({ target }: Event): void {
  if (target instanceof HTMLLinkElement && target.media === 'not all') target.media = 'all';
}

// Such events do not bubble.
const stop = (): void => removeEventListener('error', tell, true);
addEventListener('error', tell, true);
addEventListener('load', stop);
// The window does not hear `load` of elements.
document.addEventListener('load', show, true);
