import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findRipgrep, listWithRipgrep } from '../../../src/context/host/ripgrep.ts';
import { until } from '../../support/until.ts';

describe('the list of ripgrep', () => {
  // The stand-ins are scripts.
  if (process.platform === 'win32') return;
  let place: string;
  beforeEach(async () => {
    place = await mkdtemp(path.join(os.tmpdir(), 'qiao-list-'));
  });
  afterEach(() => rm(place, { recursive: true }));

  /** A program that runs `code`, and notes its arguments and folder. */
  async function standIn(code: string): Promise<string> {
    const program = path.join(place, 'rg');
    const note = `require('fs').writeFileSync(${JSON.stringify(path.join(place, 'call'))}, JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), pid: process.pid }));`;
    await writeFile(program, `#!${process.execPath}\n${note}\n${code}\n`);
    await chmod(program, 0o755);
    return program;
  }
  const readCall = async (): Promise<{ args: string[]; cwd: string; pid: number }> =>
    JSON.parse(await readFile(path.join(place, 'call'), 'utf8'));
  async function list(
    program: string,
    { signal = new AbortController().signal, follow = false } = {},
  ): Promise<string[]> {
    const found: string[] = [];
    const globs = ['!**/-x/**'];
    for await (const paths of listWithRipgrep({ program, folder: place, globs, follow, signal }))
      found.push(...paths);
    return found;
  }

  it('is whole when names are split within a character, and holds names with any other character', async () => {
    const program = await standIn(
      `const bytes = Buffer.from('src/订单.ts\\0a\\nb "c"\\0😀.md\\0');
      let at = 0;
      const next = () => { if (at < bytes.length) process.stdout.write(bytes.subarray(at, ++at), () => setTimeout(next, 1)); };
      next();`,
    );
    assert.deepEqual(await list(program), ['src/订单.ts', 'a\nb "c"', '😀.md']);
  });

  it('comes from a program that reads no settings, follows no links unasked, and takes no glob for an option', async () => {
    const program = await standIn('');
    assert.deepEqual(await list(program), []);
    const { args, cwd } = await readCall();
    for (const needed of ['--no-config', '--no-follow', '--no-ignore', '--hidden', '--null', '--files'])
      assert.ok(args.includes(needed), needed);
    assert.ok(args.includes('--glob=!**/-x/**'));
    assert.ok(args.every((arg) => arg.startsWith('--')));
    assert.equal(cwd, await realpath(place));
    await list(program, { follow: true });
    const following = (await readCall()).args;
    assert.ok(following.includes('--follow') && !following.includes('--no-follow'));
  });

  it('counts when some folder can not be read, and fails when the program does', async () => {
    assert.deepEqual(await list(await standIn(`process.stdout.write('a\\0'); process.exitCode = 2`)), ['a']);
    assert.deepEqual(await list(await standIn('process.exitCode = 1')), []);
    await assert.rejects(list(await standIn('process.exitCode = 2')), /ended with 2/);
    await assert.rejects(list(await standIn(`process.stdout.write('a\\0'); process.exitCode = 3`)), /ended/);
    await assert.rejects(
      list(await standIn(`process.stdout.write('a\\0', () => process.kill(process.pid))`)),
    );
    await assert.rejects(list(path.join(place, 'missing')), /ENOENT/);
    await assert.rejects(list(await standIn(`process.stdout.write('x'.repeat(3_000_000))`)), /no list/);
  });

  it('ends when it is not wanted any more, and so does the program', async () => {
    const program = await standIn(`process.stdout.write('a\\0'); setInterval(() => {}, 1000)`);
    const isGone = async (): Promise<boolean> => {
      const { pid } = await readCall();
      try {
        process.kill(pid, 0);
        return false;
      } catch {
        return true;
      }
    };
    const stop = new AbortController();
    await assert.rejects(async () => {
      for await (const _ of listWithRipgrep({
        program,
        folder: place,
        globs: [],
        follow: false,
        signal: stop.signal,
      }))
        stop.abort();
    });
    await until(isGone);
    const { signal } = new AbortController();
    for await (const _ of listWithRipgrep({ program, folder: place, globs: [], follow: false, signal }))
      break;
    await until(isGone);
  });

  it('comes from where VS Code keeps the program, in older versions too', async () => {
    assert.equal(await findRipgrep(place), undefined);
    const platform = `${process.platform}-${process.arch}`;
    for (const folder of [
      'node_modules.asar.unpacked/@vscode/ripgrep/bin',
      'node_modules/@vscode/ripgrep/bin',
      `node_modules/@vscode/ripgrep-universal/bin/${platform}`,
    ]) {
      const program = path.join(place, folder, 'rg');
      await mkdir(path.dirname(program), { recursive: true });
      await writeFile(program, '');
      assert.notEqual(await findRipgrep(place), program, 'it can not be executed yet');
      await chmod(program, 0o755);
      assert.equal(await findRipgrep(place), program);
    }
  });
});
