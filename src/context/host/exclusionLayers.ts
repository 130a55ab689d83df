/** Joins the values that a setting of exclusions has in the scopes of VS Code: a workspace can add to them only. */

/** As `WorkspaceConfiguration.inspect` gives them; of any form. */
export interface ScopedValues {
  defaultValue?: unknown;
  globalValue?: unknown;
  workspaceValue?: unknown;
  workspaceFolderValue?: unknown;
}

/**
 * Globs with what they are set to. VS Code lets each scope overrule the one before, so that a folder that somebody
 * downloaded could lift what the user keeps out. Here the user overrules the default, and a folder its workspace; of
 * both, what excludes counts. This holds for `files.exclude` too: a file that the workspace shows in the Explorer all the
 * same is held back until the user confirms it, which costs one click, and a file that was sent does not come back.
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
