/** Loads the typesetter's bundle into the page with the first formula. */

import { type Typeset, typesetterReady } from './typeset.ts';

let loading: Promise<Typeset> | undefined;

/** Rejects if the bundle cannot be loaded; formulas stay source then. */
export function loadTypesetter(): Promise<Typeset> {
  loading ??= new Promise((resolve, reject) => {
    const address = document.querySelector<HTMLElement>('[data-math-script]')?.dataset.mathScript;
    const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
    if (!address) return reject(new Error('The page names no typesetter.'));
    document.addEventListener(typesetterReady, (event) => resolve((event as CustomEvent<Typeset>).detail), {
      once: true,
    });
    const script = document.createElement('script');
    script.type = 'module';
    script.nonce = nonce ?? '';
    script.addEventListener('error', () => reject(new Error('The typesetter could not be loaded.')));
    setSource(script, address);
    document.head.append(script);
  });
  return loading;
}

/** Trusted Types are on: this policy lets one address pass, the page's own. */
function setSource(script: HTMLScriptElement, address: string): void {
  const { trustedTypes }: typeof globalThis & TrustedTypesHolder = globalThis;
  const policy = trustedTypes?.createPolicy('qiao-math', {
    createScriptURL(url) {
      if (url !== address) throw new TypeError('Only the typesetter may be loaded.');
      return url;
    },
  });
  script.src = policy?.createScriptURL(address) ?? address;
}

/** TypeScript's own library does not know Trusted Types yet; a `TrustedScriptURL` passes for the text it is in `src`. */
interface TrustedTypesHolder {
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): string };
  };
}
