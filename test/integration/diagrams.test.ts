/** Diagrams open beside, in one page that is used again. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { createDiagrams } from '../../src/ui/host/diagrams.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

function diagramTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && /qiao\.diagram$/.test(input.viewType));
}

describe('diagrams', () => {
  about('versions').it('open one page beside for all of them, and it goes with its owner', async () => {
    const extension = vscode.extensions.getExtension('qiao.qiao');
    assert.ok(extension);
    const log = vscode.window.createOutputChannel('Qiao diagrams test', { log: true });
    const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
    const diagrams = createDiagrams(extension.extensionUri, vscode.Uri.file(folder), log);
    diagrams.show('graph TD; A-->B');
    await until(() => diagramTabs().length === 1);
    diagrams.show('graph TD; B-->C');
    await until(() => diagramTabs().length === 1);
    const script = path.join(folder, 'unpacked', 'mermaid.js');
    await until(() => existsSync(script));
    assert.match(await readFile(script, 'utf8'), /mermaid/);
    diagrams.dispose();
    log.dispose();
    await until(() => diagramTabs().length === 0);
    await rm(folder, { recursive: true, force: true });
  });
});
