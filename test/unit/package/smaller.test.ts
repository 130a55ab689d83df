/** What the build leaves out of libraries, nobody misses: the bundled ones answer as the whole ones do. */

import assert from 'node:assert/strict';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import katex from 'katex';
import { match, pinyin } from 'pinyin-pro';
import { smallFormulas } from '../../../scripts/build/formulas.ts';
import { packedReadings } from '../../../scripts/build/readings.ts';

const root = path.join(import.meta.dirname, '../../..');

/** What a package exports once it is bundled with `plugin`. */
async function bundled<T>(contents: string, plugin: Plugin): Promise<T> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    plugins: [plugin],
    define: { __VERSION__: '""' },
  });
  const [file] = outputFiles;
  assert.ok(file);
  return import(`data:text/javascript;base64,${Buffer.from(file.contents).toString('base64')}`);
}

describe('the readings in the package', () => {
  let small: { pinyin: typeof pinyin; match: typeof match };
  before(async () => {
    small = await bundled("export { match, pinyin } from 'pinyin-pro';", packedReadings);
  });

  it('are those of the library, for every character', () => {
    let known = 0;
    const codes = [...Array(0x33480).keys()].filter(
      (code) => (code > 0x2e7f && code < 0xd800) || (code > 0xf8ff && code < 0x10000) || code >= 0x20000,
    );
    // The library takes a while for what lies beyond the first plane, of which it knows a few hundred.
    for (const code of codes) {
      const character = String.fromCodePoint(code);
      const options = { type: 'array', toneType: 'none', multiple: true, v: true } as const;
      const expected = [...new Set(pinyin(character, options))];
      if (expected[0] !== character) known++;
      assert.deepEqual([...new Set(small.pinyin(character, options))], expected, character);
    }
    assert.ok(known > 20_000, String(known));
  });

  it('find what the library finds', () => {
    const options = { continuous: true, v: true };
    for (const [text, query] of [
      ['长江大桥与重庆的银行', 'cjdq'],
      ['长江大桥与重庆的银行', 'zhongqing'],
      ['长江大桥与重庆的银行', 'chongq'],
      ['长江大桥与重庆的银行', 'yinhang'],
      ['绿色女儿', 'lvse'],
      ['绿色女儿', 'nver'],
      ['什么是桥', 'shenmesq'],
      ['什么是桥', 'xx'],
    ] as const)
      assert.deepEqual(small.match(text, query, options), match(text, query, options), query);
  });
});

describe('the typesetter in the package', () => {
  let small: { default: typeof katex };
  before(async () => {
    small = await bundled("export { default } from 'katex';", smallFormulas);
  });

  const formulas = [
    ...'mathbf mathit mathrm mathsf mathtt mathbb mathcal mathfrak mathscr boldsymbol bm text textbf textit pmb mathnormal'
      .split(' ')
      .map((font) => `\\${font}{Az09\\alpha\\Gamma\\nabla+\\hbar é}`),
    ...'hat vec bar dot ddot tilde widehat widetilde overline underline overbrace underbrace overrightarrow underleftarrow cancel bcancel xcancel sout boxed phantom hphantom vphantom smash sqrt reflectbox'
      .split(' ')
      .map((name) => `\\${name}{x+y}`),
    ...'pmatrix bmatrix vmatrix cases aligned gathered array{cc} smallmatrix split CD'
      .split(' ')
      .map((name) => `\\begin{${name}} a & b \\\\ c & d \\end{${name.replace(/\{.*/, '')}}`),
    ...'displaystyle textstyle scriptstyle tiny Huge rm bf'
      .split(' ')
      .map((name) => `{\\${name} \\sum_a^b x}`),
    '\\frac{a}{b} \\dfrac12 \\binom{n}{k} \\cfrac{1}{2} {a \\over b} \\genfrac(]{2pt}{1}{a}{b}',
    '\\left( \\frac{a}{b} \\middle| c \\right] \\bigl\\{ \\Biggr\\rangle \\lVert x \\rVert',
    '\\sum_{i=1}^n \\int_0^1 \\oiint \\prod \\lim_{x \\to 0} \\operatorname{f}(x) \\limsup \\bigcup',
    "f''(x) = x_1^2 {}_a^b C x^{y^z} 你好 \\text{如果 $x$}",
    '\\xrightarrow[b]{a} \\xleftarrow{c} \\xmapsto{} \\stackrel{a}{b} \\overset{!}{=} \\underset{x}{y}',
    '\\color{red} x \\textcolor{#00f}{y} \\colorbox{red}{z} \\fcolorbox{red}{blue}{z}',
    '\\rule[1pt]{2em}{3ex} \\kern1em \\quad \\hspace{1cm} \\raisebox{2pt}{x} \\mathllap{a} \\tag{1}',
    '\\mathchoice{a}{b}{c}{d} \\verb|x_1| \\mathbin{a} \\mathrel{b} \\not= \\pmod 5 \\KaTeX \\TeX \\char"41',
    '\\def\\a#1{#1^2}\\a{x} \\newcommand{\\b}{y}\\b \\vcenter{x} \\angl{n} \\href{https://a.b}{c} \\html@mathml{a}{b}',
    '\\ce{x}',
    '\\frac{a',
  ];

  for (const displayMode of [false, true]) {
    it(`writes the MathML that KaTeX writes${displayMode ? ', on lines of its own' : ''}`, () => {
      const drawn = (by: typeof katex, tex: string): string => {
        try {
          return by.renderToString(tex, { displayMode, output: 'mathml', strict: 'ignore', trust: false });
        } catch (error) {
          return String(error);
        }
      };
      let made = 0;
      for (const tex of formulas) {
        const expected = drawn(katex, tex);
        if (expected.includes('<math')) made++;
        assert.equal(drawn(small.default, tex), expected, tex);
      }
      assert.ok(made > 50, String(made));
    });
  }
});
