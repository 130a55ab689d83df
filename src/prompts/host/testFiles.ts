/** Finds existing tests of a project and their framework. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { baseName, pathOf } from '../../base/host/paths.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { usableAddress } from '../../context/host/storedAddress.ts';
import { frameworkOf, manifestsFor } from './testFramework.ts';
import { isTestName, sortByNearness, testPatterns } from './testNames.ts';

const mostFound = 60;
const mostAttached = 2;
/** Lines of a test that are attached. */
const linesShown = 120;
/** In bytes; larger tests and manifests are ignored. */
const largestFile = 300_000;
const never = '**/{node_modules,.git,dist,out,build,target,vendor,.venv,venv}/**';

/** The nearest tests, the code's own first; none for code outside the workspace. */
export async function findTestFiles(code: Attachment): Promise<readonly Attachment[]> {
  const uri = await usableAddress(code);
  const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return [];
  const patterns = testPatterns(baseName(uri));
  if (!patterns) return [];
  const own = await find(folder, patterns.own, 5);
  const found = own.length >= mostAttached ? own : [...own, ...(await find(folder, patterns.any, mostFound))];
  const others = found.filter((other) => other.path !== uri.path && isTestName(baseName(other)));
  const byPath = new Map(others.map((other) => [other.path, other]));
  const ownPaths = new Set(own.map(({ path }) => path));
  const nearest = sortByNearness(uri.path, [...byPath.keys()]);
  const ordered = [
    ...nearest.filter((path) => ownPaths.has(path)),
    ...nearest.filter((path) => !ownPaths.has(path)),
  ];
  const attached: Attachment[] = [];
  for (const path of ordered.slice(0, 2 * mostAttached)) {
    const file = byPath.get(path);
    const attachment = file && (await attachHead(file));
    if (attachment) attached.push(attachment);
    if (attached.length === mostAttached) break;
  }
  return attached;
}

/** Reads the manifests from the code's folder up to the workspace folder. */
export async function findTestFramework(code: Attachment): Promise<string | undefined> {
  const uri = await usableAddress(code);
  const root = uri && vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (!root) return undefined;
  const manifests = manifestsFor(baseName(uri).split('.').at(-1) ?? '');
  if (manifests.length === 0) return undefined;
  for (let folder = vscode.Uri.joinPath(uri, '..'); ; folder = vscode.Uri.joinPath(folder, '..')) {
    for (const manifest of manifests) {
      const text = await read(vscode.Uri.joinPath(folder, manifest));
      const framework = text === undefined ? undefined : frameworkOf(manifest, text);
      if (framework) return framework;
    }
    if (folder.path.length <= root.path.length) return undefined;
  }
}

async function find(folder: vscode.WorkspaceFolder, pattern: string, most: number): Promise<vscode.Uri[]> {
  return vscode.workspace.findFiles(new vscode.RelativePattern(folder, pattern), never, most);
}

async function attachHead(uri: vscode.Uri): Promise<Attachment | undefined> {
  const text = (await isLink(uri)) ? undefined : await read(uri);
  if (text === undefined || text.trim() === '') return undefined;
  const lines = text.replace(/\r?\n$/, '').split('\n');
  const shown = Math.min(lines.length, linesShown);
  return {
    id: randomUUID(),
    kind: 'file',
    path: pathOf(uri),
    uri: uri.toString(),
    languageId: languageIdOf(uri),
    startLine: 1,
    endLine: shown,
    text: lines.slice(0, shown).join('\n'),
  };
}

/** The user did not choose the file, and a link may lead out of the project. */
async function isLink(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.SymbolicLink) !== 0;
  } catch {
    return false;
  }
}

async function read(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (size > largestFile || (type & vscode.FileType.File) === 0) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** For the fence of the code block; the extension is enough when the document is not open. */
function languageIdOf(uri: vscode.Uri): string {
  const open = vscode.workspace.textDocuments.find((known) => known.uri.toString() === uri.toString());
  return open?.languageId ?? baseName(uri).split('.').at(-1) ?? '';
}
