/** Mocha loads this first: `import … from 'vscode'` finds the stand-in, since there is no such module outside VS Code. */

import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: import.meta.resolve('./vscode.ts'), shortCircuit: true }
      : next(specifier, context),
});
