// Builds, and fetches VS Code Server and a browser before the first test, so that no test waits for it.
import { buildOnce } from '../../scripts/build/buildOnce.ts';
import { findBrowser } from '../../scripts/host/findBrowser.ts';
import { getHost } from '../../scripts/host/getHost.ts';
import { requestedHost } from '../../scripts/host/hostVersions.ts';

// biome-ignore lint/style/noDefaultExport: Playwright takes its global setup from the default export.
export default async function prepare(): Promise<void> {
  buildOnce();
  await getHost(requestedHost());
  await findBrowser();
}
