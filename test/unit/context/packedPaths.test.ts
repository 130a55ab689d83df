import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPackedPaths, nameAt, pathAt } from '../../../src/context/host/packedPaths.ts';
import { marksOf } from '../../../src/context/host/scoreBound.ts';

const segment = fc.constantFrom('a', 'b', 'ab', '订单', 'x'.repeat(3000));
const path = fc.array(segment, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('/'));
const step = fc.record({ does: fc.constantFrom('add', 'remove'), path });

describe('packed paths', () => {
  it('hold what a set would hold, whatever is added and removed', () => {
    const holdsTheSame = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const packed = createPackedPaths(marksOf);
      const model = new Set<string>();
      for (const { does, path } of steps) {
        if (does === 'add') {
          packed.add(path);
          model.add(path);
        } else {
          packed.remove(path);
          if (!model.delete(path))
            for (const inside of [...model]) if (inside.startsWith(`${path}/`)) model.delete(inside);
        }
      }
      assert.equal(packed.size, model.size);
      for (const { path } of steps) assert.equal(packed.has(path), model.has(path));
      assert.deepEqual(present(packed).sort(), [...model].sort());
    });
    fc.assert(holdsTheSame, { numRuns: 300 });
  });

  it('hold many, over several blocks', () => {
    const packed = createPackedPaths(marksOf);
    const many = Array.from({ length: 10_000 }, (_, at) => `folder ${at % 7}/文件 ${at}.ts`);
    for (const one of [...many, ...many]) packed.add(one);
    assert.equal(packed.size, many.length);
    assert.deepEqual(present(packed), many);
    packed.remove('folder 3');
    assert.equal(packed.size, many.filter((one) => !one.startsWith('folder 3/')).length);
    assert.ok(packed.has('folder 4/文件 4.ts'));
    assert.ok(!packed.has('folder 3/文件 3.ts'));
    assert.equal(packed.blocks.length, 3);
    const [block] = packed.blocks;
    assert.equal(block && nameAt(block, 5), '文件 5.ts');
  });
});

function present({ blocks }: Pick<ReturnType<typeof createPackedPaths>, 'blocks'>): string[] {
  return blocks.flatMap((block) =>
    Array.from({ length: block.count }, (_, index) => index)
      .filter((index) => block.pathMarks[index] !== 0)
      .map((index) => pathAt(block, index)),
  );
}
