/** Connects webviews with what must be loaded first. If loading fails, they wait for the next try. */

/** `load` is called for each connection. `report` gets the errors of loading and of connecting; it must not reject. */
export function connectWhenLoaded<Loaded>(
  load: () => Promise<Loaded>,
  report: (error: unknown) => Promise<void>,
): {
  /** `use` runs at most once, and not after the webview was disposed. Never rejects. */
  connect(host: { readonly isDisposed: boolean }, use: (loaded: Loaded) => unknown): Promise<void>;
  /** Tries again for the webviews whose loading failed. */
  connectWaiting(): void;
} {
  const waiting = new Set<() => Promise<void>>();

  async function connect(host: { readonly isDisposed: boolean }, use: (loaded: Loaded) => unknown) {
    let loaded: Loaded;
    try {
      loaded = await load();
    } catch (error) {
      waiting.add(() => connect(host, use));
      return report(error);
    }
    if (host.isDisposed) return;
    try {
      await use(loaded);
    } catch (error) {
      await report(error);
    }
  }

  return {
    connect,
    connectWaiting() {
      const tries = [...waiting];
      waiting.clear();
      for (const again of tries) void again();
    },
  };
}
