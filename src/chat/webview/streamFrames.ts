/** Frames for the text of answers that stream: while the user types, those are few, and never the frame of a key. */

/** Milliseconds after a key for which the user counts as typing. */
const typingTime = 500;
/** Milliseconds between two frames with new text while the user types, unless a key comes. */
const interval = 100;
/** Milliseconds after which keys do not put off what waits any more. */
const patience = 200;

type Callback = () => void;

let waiting = new Set<Callback>();
let waitingSince = 0;
let keyAt = Number.NEGATIVE_INFINITY;
let ranAt = Number.NEGATIVE_INFINITY;
let frame: number | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Calls back once, in the next frame; while the user types, in the frame after that of the next key, or when 100 ms have
 * passed since such a frame. Requested twice before it is called, it is called once.
 */
export function requestStreamFrame(callback: Callback): void {
  if (waiting.size === 0) waitingSince = performance.now();
  waiting.add(callback);
  schedule();
}

for (const type of ['keydown', 'input', 'compositionupdate'])
  window.addEventListener(type, onKey, { capture: true, passive: true });

function onKey(): void {
  keyAt = performance.now();
  if (waiting.size === 0 || keyAt - waitingSince > patience) return;
  unschedule();
  // The key is painted with the next frame; the one behind it is free.
  frame = requestAnimationFrame(requestFrame);
}

function requestFrame(): void {
  timer = undefined;
  frame = requestAnimationFrame(run);
}

function schedule(): void {
  if (frame !== undefined || timer !== undefined) return;
  const now = performance.now();
  const wait = now - keyAt < typingTime ? ranAt + interval - now : 0;
  if (wait <= 0) requestFrame();
  else timer = setTimeout(requestFrame, wait);
}

function unschedule(): void {
  if (frame !== undefined) cancelAnimationFrame(frame);
  clearTimeout(timer);
  frame = undefined;
  timer = undefined;
}

function run(): void {
  frame = undefined;
  ranAt = performance.now();
  const callbacks = waiting;
  waiting = new Set();
  for (const callback of callbacks) callback();
}
