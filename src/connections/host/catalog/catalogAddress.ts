/** Allows catalogs from encrypted addresses and from this machine only. */

/** `undefined`: the address is allowed. */
export function addressProblem(address: string): 'no-address' | 'not-encrypted' | 'credentials' | undefined {
  if (!URL.canParse(address)) return 'no-address';
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return 'credentials';
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:') return 'no-address';
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  return loopback ? undefined : 'not-encrypted';
}
