import assert from 'node:assert/strict';
import { frameworkOf, manifestsFor } from '../../../src/prompts/host/testFramework.ts';
import { isTestName, sortByNearness, testPatterns } from '../../../src/prompts/host/testNames.ts';
import { assertLinear } from '../../support/growth.ts';

describe('tests of a project', () => {
  it('are known by their names', () => {
    const tests = [
      'cart.test.ts',
      'cart.spec.js',
      'test_cart.py',
      'cart_test.go',
      'CartTest.java',
      'cart_spec.rb',
    ];
    for (const name of tests) assert.ok(isTestName(name), name);
    for (const name of ['cart.ts', 'contest.ts', 'latest.py', 'testing.go', 'Tester.java'])
      assert.ok(!isTestName(name), name);
  });

  it('are looked for under the names of their languages', () => {
    assert.match(testPatterns('cart.py')?.own ?? '', /test_cart.*\.py$/);
    assert.match(testPatterns('购物车.ts')?.own ?? '', /购物车\.test/);
    assert.equal(testPatterns('a{b},c.ts')?.own.includes('a?b??c.test'), true);
    assert.equal(testPatterns('Makefile'), undefined);
  });

  it('are sorted by the folders they share', () => {
    const candidates = [
      'z/far.test.ts',
      'src/cart/__tests__/x.test.ts',
      'src/y.test.ts',
      'src/cart/a.test.ts',
    ];
    assert.deepEqual(sortByNearness('src/cart/cart.ts', candidates), [
      'src/cart/a.test.ts',
      'src/cart/__tests__/x.test.ts',
      'src/y.test.ts',
      'z/far.test.ts',
    ]);
  });

  it('have a framework that the manifest names', () => {
    assert.equal(frameworkOf('package.json', '{"devDependencies":{"vitest":"1"}}'), 'Vitest');
    assert.equal(frameworkOf('package.json', '{"scripts":{"test":"node --test"}}'), 'node:test');
    assert.equal(frameworkOf('package.json', '{"scripts":'), undefined);
    assert.equal(frameworkOf('package.json', '{"dependencies":{"__proto__":{}}}'), undefined);
    assert.equal(frameworkOf('pyproject.toml', 'dev = ["pytest>=8"]'), 'pytest');
    assert.equal(frameworkOf('pyproject.toml', 'dev = []'), undefined);
    assert.equal(frameworkOf('pom.xml', '<artifactId>junit-jupiter</artifactId>'), 'JUnit 5');
    assert.equal(frameworkOf('go.mod', 'module a'), 'Go testing');
    assert.deepEqual(manifestsFor('tsx'), ['package.json']);
  });

  it('have it told in linear time, also by a script made to take long', () => {
    const manifest = (size: number): string => JSON.stringify({ scripts: { test: 'node '.repeat(size) } });
    assertLinear((text) => frameworkOf('package.json', text), manifest, { size: 64_000, name: 'a script' });
  });
});
