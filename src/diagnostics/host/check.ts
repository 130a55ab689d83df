/** What a check of the doctor is, and what it finds. */

/** `skipped`: could not or need not be checked; the text says why. */
export type CheckStatus = 'ok' | 'warning' | 'problem' | 'skipped';

export interface Finding {
  status: CheckStatus;
  /** One or two sentences in the user's language, without secrets, folders and user names. */
  text: string;
  next?: NextStep;
}

/** What the user can do about it. */
export interface NextStep {
  /** A sentence in the user's language. */
  text: string;
  /** Does it, or leads there. */
  command?: StepCommand;
}

export interface StepCommand {
  title: string;
  command: string;
  arguments?: readonly unknown[];
}

export interface Check {
  /** A word or two in the user's language. */
  title: string;
  /** May throw; ends soon after `signal` is aborted, or is waited for no longer. */
  run(signal: AbortSignal): Promise<Finding>;
}

/** Checks that belong together: those of one connection, or of this computer. */
export interface CheckGroup {
  title: string;
  /** What is being checked, e.g. a connection's address. */
  subtitle?: string;
  checks: readonly Check[];
}

export interface CheckResult extends Finding {
  title: string;
}

export interface GroupResult {
  title: string;
  subtitle?: string;
  results: readonly CheckResult[];
}

export function ok(text: string): Finding {
  return { status: 'ok', text };
}

export function warning(text: string, next?: NextStep): Finding {
  return { status: 'warning', text, next };
}

export function problem(text: string, next?: NextStep): Finding {
  return { status: 'problem', text, next };
}

/** A title as a sentence. */
export function stop(title: string): string {
  return `${title}${/\p{Script=Han}/u.test(title) ? '。' : '.'}`;
}

/** Several sentences behind one another; Chinese ones stand without a blank. */
export function sentences(...parts: readonly string[]): string {
  return parts.join(' ').replaceAll('。 ', '。');
}

/** `why` is a sentence. */
export function skipped(why: string, next?: NextStep): Finding {
  return { status: 'skipped', text: why, next };
}
