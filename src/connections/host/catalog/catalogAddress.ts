/** Which addresses a catalog may come from: encrypted ones, and those of this machine. */

/** Why an address can't be asked; `undefined` for one that can. */
export function addressProblem(address: string): 'no-address' | 'not-encrypted' | 'credentials' | undefined {
  if (!URL.canParse(address)) return 'no-address';
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return 'credentials';
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:') return 'no-address';
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  return loopback ? undefined : 'not-encrypted';
}
