/** What is a formula between dollars and brackets, and what is none. */

import assert from 'node:assert/strict';
import { parseInline } from '../../../src/ui/markdown/parser.ts';

const formulasIn = (text: string): string[] =>
  parseInline(text, { math: true, lookUp: () => undefined })
    .filter(({ type }) => type === 'formula')
    .map(({ content }) => content);

const none = String.raw`
原价$10，现价9$
$20/月，按量 0.5$
价格是$5，$6和$7。
设 $a=1，$ 然后
用 $$ 表示 PID，子 shell 里 $$ 不变
In Bash $$ is the shell and $$ stays
$HOME/$USER
PATH=$PATH:$HOME
echo "$a" "$b"
$5-$10
between $5 and 10$
pay $5 or 10$ now
about $20/month for $5
$5 to 10$
from $1,000 to 2,000$
$i = 1; $i -le 20
a\[0\]
数组\[0\]的值
\[x\] done
\[ \] open
\[a\](b)
\[1\]: a note
see \[1, 2\]
the \[INFO\] line
an \(optional\) one
\[WARN\]
f\(x\)
foo\(\)
list\[i\]\[j\]
$价格$
$这个 变量$
$name and other words$
$ a$
$a $
$\`x$
`
  .trim()
  .split('\n');

const one = String.raw`
$x$轴
$速度=\frac{路程}{时间}$
$\text{若 } x>0$
$$ E = mc^2 $$
$100$
$5 cm$
$2ab$
$4ac - b^2$
\(a\)
the \(abc + d\)
the \[0, 1)\]
已知\(a\)和
\[a^2\]
设\[a^2 + b^2 = c^2\]
$x_1, x_2$
当 $x=1，y=2$ 时
$\alpha$
$n!$
$f(x)$
$O(n \log n)$
$a \times b$
$$x$$
$\mathrm{length} = 3$
$\operatorname{rank} A$
$10^3$
$2 \sin x$
$5 = a + b$
`
  .trim()
  .split('\n');

describe('formulas', () => {
  for (const text of none)
    it(`are not seen in ${text}`, () => {
      assert.deepEqual(formulasIn(text), []);
    });

  for (const text of one)
    it(`are seen in ${text}`, () => {
      assert.equal(formulasIn(text).length, 1);
    });

  it('are whatever stands on lines of its own between marks', () => {
    for (const text of ['$$\n速度，时间\n$$', '\\[\n0\n\\]']) assert.deepEqual(formulasIn(text), [text]);
  });

  it('may follow what is none', () => {
    assert.deepEqual(formulasIn('原价$10，现价9$，而 $x^2$ 是公式'), ['$x^2$']);
    assert.deepEqual(formulasIn('a\\[0\\] and \\(b\\)'), ['\\(b\\)']);
  });
});
