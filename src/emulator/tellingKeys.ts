/** Keys that always answer with the same error, so that it can be seen without a script. */

export type Failing = 'invalid' | 'arrears' | 'denied' | 'free-tier' | 'throttled';

/** What the key's name says: `sk-arrears`, or `bce-v3/ALTAK-arrears/…` on Qianfan v2. */
export function failureNamed(key: string): Failing | undefined {
  const name = /^(?:sk-|bce-v3\/ALTAK-)([a-z-]+?)(?:\/.*)?$/.exec(key)?.[1];
  return failing.find((candidate) => candidate === name);
}

const failing: readonly Failing[] = ['invalid', 'arrears', 'denied', 'free-tier', 'throttled'];
