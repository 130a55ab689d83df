/** The panel's icon font holds each icon that Qiao can name, and little else. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { keepIcons, possibleNames, shrinkIconFont } from '../../../scripts/build/iconFont.ts';

const whole = 'node_modules/@vscode/codicons/dist';
const sheet = readFileSync(path.join(whole, 'codicon.css'), 'utf8');

describe('the icon font', () => {
  it('keeps what a script names, in whatever quotes, and the icons of symbols', () => {
    const isUsed = possibleNames([
      'icon("copy");x=`check`',
      "'add';c.className='codicon codicon-loading spin'",
    ]);
    const { style, characters } = keepIcons(sheet, isUsed);
    const kept = [...style.matchAll(/^\.codicon-([a-z0-9-]+):before/gm)].map(([, name]) => name);
    const plain = kept.filter((name) => !name?.startsWith('symbol-'));
    assert.deepEqual(plain.sort(), ['add', 'check', 'copy', 'loading']);
    assert.ok(kept.includes('symbol-method'));
    assert.ok([...characters].length > 30);
    assert.match(style, /@font-face/);
    assert.match(style, /codicon-modifier-spin/);
  });

  it('draws the icons it keeps, and is much smaller', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-icons-'));
    try {
      const [icons, scripts] = [path.join(folder, 'icons'), path.join(folder, 'scripts')];
      await cp(whole, icons, { recursive: true });
      await mkdir(scripts);
      await writeFile(path.join(scripts, 'panel.js'), 'icon("copy")');
      await shrinkIconFont(icons, [scripts]);
      const { size } = await stat(path.join(icons, 'codicon.ttf'));
      assert.ok(size > 1000 && size < (await stat(path.join(whole, 'codicon.ttf'))).size / 4, `${size}`);
      assert.match(await readFile(path.join(icons, 'codicon.css'), 'utf8'), /\.codicon-copy:before/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
