/** Fetches a catalog from an address that the user gave; follows no redirects and sends no keys. */

import type { NetworkOptions } from '../../../providers/connection.ts';
import { readText } from '../../../providers/http/failures.ts';
import { sendRequest } from '../../../providers/http/http.ts';
import { largestCatalog } from './parseCatalog.ts';

/** Returns the text. Throws a `ChatError`, or an `Error` if the status is not 200 or the text is too long. */
export async function fetchCatalog(
  address: string,
  network: NetworkOptions,
  signal: AbortSignal,
): Promise<string> {
  const options = { providerId: 'catalog', timeouts: { firstByteMs: 30_000 }, network, signal };
  const response = await sendRequest(
    { method: 'GET', url: address, headers: { accept: 'application/json' } },
    options,
  );
  if (response.status !== 200) {
    response.body.destroy();
    throw new Error(`status ${response.status}`);
  }
  const text = await readText(response, options, largestCatalog + 1);
  if (text.length > largestCatalog) throw new Error(`more than ${largestCatalog} bytes`);
  return text;
}
