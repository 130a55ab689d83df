/** Joins the values of an exclusion setting across the scopes of VS Code; a workspace can only add exclusions. */

/** As `WorkspaceConfiguration.inspect` returns them; not validated. */
export interface ScopedValues {
  defaultValue?: unknown;
  globalValue?: unknown;
  workspaceValue?: unknown;
  workspaceFolderValue?: unknown;
}

/**
 * Maps globs to their values. In VS Code each scope overrides the previous one, so that a downloaded folder could lift
 * the user's exclusions. Here the user overrides the default, a folder overrides its workspace, and an exclusion of
 * either side counts. The same applies to `files.exclude`: an attachment blocked in vain costs one click, while a file
 * that was sent can't be taken back.
 */
export function joinExclusions(values: ScopedValues | undefined): Record<string, unknown> {
  const ofUser = new Map([...entriesOf(values?.defaultValue), ...entriesOf(values?.globalValue)]);
  const ofWorkspace = new Map([
    ...entriesOf(values?.workspaceValue),
    ...entriesOf(values?.workspaceFolderValue),
  ]);
  for (const [glob, holds] of ofWorkspace) {
    // A condition (`when`) excludes less than `true`.
    if (holds === true || !isOn(ofUser.get(glob))) ofUser.set(glob, holds);
  }
  return Object.fromEntries([...ofUser].filter(([, holds]) => isOn(holds)));
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function isOn(holds: unknown): boolean {
  return holds === true || (typeof holds === 'object' && holds !== null);
}
