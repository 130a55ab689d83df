// Size limits in bytes, and how sizes are measured.
import type { Metafile } from 'esbuild';

export const budgets = {
  /** What the panel loads before it shows anything. */
  panel: 350_000,
  /** What VS Code loads to activate Qiao. */
  hostEntry: 100_000,
  /** The packaged file; a third of it is Mermaid. */
  vsix: 1_500_000,
} as const;

/** The output file of an entry point together with all that it imports at once, without what it loads later. */
export function bytesAtStart({ outputs }: Metafile, entryPoint: string): number {
  const entry = Object.keys(outputs).find((file) => outputs[file]?.entryPoint === entryPoint);
  if (!entry) throw new Error(`No bundle begins with ${entryPoint}.`);
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const { path, kind, external } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && !external) visit(path);
  };
  visit(entry);
  return [...found].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
}
