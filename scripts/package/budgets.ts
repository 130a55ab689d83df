// Size limits in bytes, and how sizes are measured.
import type { Metafile } from 'esbuild';

export const budgets = {
  /** What the panel loads before it shows anything. */
  panel: 350_000,
  /** What VS Code loads to activate Qiao. */
  hostEntry: 100_000,
  /** What the extension host loads from activation to the end of the first answer. */
  firstQuestion: 530_000,
  /** The packaged file; a third of it is Mermaid. */
  vsix: 1_300_000,
} as const;

/** What is loaded, one after the other, until the first question is answered. */
export const firstQuestion = [
  'src/extension.ts',
  'src/app.ts',
  'src/connections/host/modelServices.ts',
  'src/connections/host/isReady.ts',
  'src/connections/host/environmentKeys.ts',
  'src/providers/http/exchange.ts',
  'src/usage/host/priceSettings.ts',
  'src/usage/common/usageEntrySchema.ts',
] as const;

/** The file of an entry point, which the bundle may know by what is loaded before it (`knownOrder`). */
export function sourceOf(entryPoint: string | undefined): string | undefined {
  return entryPoint?.replace(/^after-(?:app|services):/, 'src/');
}

/** The output files of entry points together with all that they import at once, without what they load later. */
export function filesAtStart({ outputs }: Metafile, entryPoints: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const { path, kind, external } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && !external) visit(path);
  };
  for (const entryPoint of entryPoints) {
    const entry = Object.keys(outputs).find((file) => sourceOf(outputs[file]?.entryPoint) === entryPoint);
    if (!entry) throw new Error(`No bundle begins with ${entryPoint}.`);
    visit(entry);
  }
  return found;
}

/** The size of `filesAtStart`. */
export function bytesAtStart(metafile: Metafile, ...entryPoints: readonly string[]): number {
  const files = [...filesAtStart(metafile, entryPoints)];
  return files.reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);
}
