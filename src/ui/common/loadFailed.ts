/** Any of Qiao's pages posts this to the host when a style sheet or its own script was not loaded. */
export const loadFailed = 'load-failed';
