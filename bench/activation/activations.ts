/** Reads VS Code's own report on its start: how long each extension took. */

export interface Activation {
  /** Reading and running the code, before `activate()`. */
  readonly loadMs: number;
  /** Inside `activate()`. */
  readonly activateMs: number;
}

/** By extension id. `report`: the Markdown of *Developer: Startup Performance*. */
export function readActivations(report: string): ReadonlyMap<string, Activation> {
  const found = new Map<string, Activation>();
  const section = report.split('## Extension Activation Stats')[1]?.split('\n## ')[0] ?? '';
  for (const line of section.split('\n')) {
    // Extension, eager, load code, call activate, finish activate, event, by.
    const [id, , load, activate] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    if (id && /^\d/.test(load ?? '')) found.set(id, { loadMs: Number(load), activateMs: Number(activate) });
  }
  return found;
}
