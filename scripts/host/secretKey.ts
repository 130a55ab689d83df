// Lets secrets outlive a reload in VS Code's bare server.
import { Buffer } from 'node:buffer';
import type { Page } from 'playwright-core';

/** VS Code in the browser asks its server for a key to encrypt secrets with; the bare server knows no such address. */
export async function answerSecretKey(page: Page): Promise<void> {
  await page.route('**/mint-key', (route) =>
    route.fulfill({ body: Buffer.alloc(32, 7), contentType: 'application/octet-stream' }),
  );
}
