/** A bundle of its own, loaded with the first formula: KaTeX reads, and its MathML is built again from a closed list. */

import katex from 'katex';
import { safeMath } from './safeMath.ts';
import { type Typeset, typesetterReady } from './typeset.ts';

const typeset: Typeset = (tex, display) => {
  const made = document.createElement('div');
  try {
    katex.render(tex, made, {
      displayMode: display,
      output: 'mathml',
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 200,
      maxSize: 20,
    });
  } catch {
    // Not a formula after all, or one that KaTeX does not know: its source stays.
    return undefined;
  }
  const math = made.querySelector('math');
  return math ? safeMath(math) : undefined;
};

document.dispatchEvent(new CustomEvent(typesetterReady, { detail: typeset }));
