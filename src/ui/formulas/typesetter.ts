/** Entry of the typesetter's bundle: KaTeX parses a formula, and `safeMath` copies its MathML. */

import katex from 'katex';
import { safeMath } from './safeMath.ts';
import { type Typeset, typesetterReady } from './typeset.ts';

/** Longer formulas stay source: nothing can stop KaTeX while it reads one, and this one takes it a tenth of a second. */
const maxLength = 3000;
/** A formula that defines macros repeats what it wrote as often as it likes: it has to be short. */
const maxMacroLength = 400;
const definesMacros = /\\(?:[egx]?def|(?:re|provide)?newcommand|(?:future)?let|global|long)(?![A-Za-z])/;

const typeset: Typeset = (tex, display) => {
  const withMacros = definesMacros.test(tex);
  if (tex.length > (withMacros ? maxMacroLength : maxLength)) return 'too-large';
  const made = document.createElement('div');
  try {
    katex.render(tex, made, {
      displayMode: display,
      output: 'mathml',
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: withMacros ? 50 : 200,
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
