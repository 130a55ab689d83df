// Builds the environment variables for a VS Code that a script starts.

/**
 * Ours without what would bend the result: variables of a VS Code around us (we may run in its terminal), and
 * the developer's own keys, which no test or demo may ever use. A value of `undefined` in `extra` removes a name.
 */
export function hostEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !isForeign(name));
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}', ...extra };
}

/** For `@vscode/test-electron`, which adds to our environment: the names to take away, as `undefined`. */
export function withoutForeignNames(): Record<string, undefined> {
  return Object.fromEntries(
    Object.keys(process.env)
      .filter(isForeign)
      .map((name) => [name, undefined]),
  );
}

function isForeign(name: string): boolean {
  return /^VSCODE_|^ELECTRON_|(^|_)(API|ACCESS|SECRET)_KEY$|_ACCESS_TOKEN$/i.test(name);
}
