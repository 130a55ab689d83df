/** Types of diagnostic checks and their findings, and helpers to create findings. */

/** `skipped`: the check was impossible or unnecessary; the text says why. */
export type CheckStatus = 'ok' | 'warning' | 'problem' | 'skipped';

export interface Finding {
  status: CheckStatus;
  /** One or two sentences in the user's language, without secrets, folder paths and user names. */
  text: string;
  next?: NextStep;
}

/** What the user can do about a finding. */
export interface NextStep {
  /** A sentence in the user's language. */
  text: string;
  /** A command that does the step or opens the right place. */
  command?: StepCommand;
}

export interface StepCommand {
  title: string;
  command: string;
  arguments?: readonly unknown[];
}

export interface Check {
  /** One or two words in the user's language. */
  title: string;
  /** May throw. After `signal` aborts, nobody waits for the result. */
  run(signal: AbortSignal): Promise<Finding>;
}

/** The checks of one connection, or of this computer. */
export interface CheckGroup {
  title: string;
  /** What is checked, e.g. a connection's platform. */
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

/** Adds a full stop to a title. */
export function stop(title: string): string {
  return `${title}${/\p{Script=Han}/u.test(title) ? '。' : '.'}`;
}

/** Joins sentences with blanks; without blanks after Chinese sentences. */
export function sentences(...parts: readonly string[]): string {
  return parts.join(' ').replaceAll('。 ', '。');
}

/** `why`: a sentence. */
export function skipped(why: string, next?: NextStep): Finding {
  return { status: 'skipped', text: why, next };
}
