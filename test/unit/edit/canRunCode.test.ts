import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CodeRunner, canRunCode } from '../../../src/edit/common/canRunCode.ts';

const runs: Record<CodeRunner, string> = {
  editor:
    '.vscode/settings.json .vscode/tasks.json .vscode/launch.json app.code-workspace .idea/workspace.xml .cursor/mcp.json .mcp.json .claude/settings.json .qwen/settings.json Code/User/settings.json user-data/User/profiles/-1a2b/mcp.json data/Machine/settings.json',
  git: '.git .config/git/config .git/config .git/hooks/pre-commit .gitconfig .gitmodules hooks/post-checkout .hg/hgrc',
  hooks: '.husky/pre-commit lefthook.yml .pre-commit-config.yaml .lintstagedrc.json .githooks/commit-msg',
  startup:
    '.envrc .config/direnv/direnvrc .config/mise/config.toml .bashrc .zshenv .profile .config/fish/config.fish profile.ps1 .ssh/authorized_keys x.service',
  ci: '.github/workflows/ci.yml .gitlab-ci.yml Jenkinsfile .circleci/config.yml azure-pipelines.yml .workflow/main.yml .cnb.yml .gitlab/ci/build.yml .gitee/pipelines/a.yml .semaphore/semaphore.yml',
  packages: '.npmrc .yarnrc.yml .pnpmfile.cjs .yarn/releases/yarn.cjs setup.py binding.gyp pip.conf',
  scripts: 'package.json composer.json',
  container: '.devcontainer/devcontainer.json .devcontainer.json .gitpod.yml',
  tools:
    'conftest.py Makefile CMakeLists.txt build.gradle.kts build.rs eslint.config.mjs .prettierrc.cjs .cargo/config.toml tsconfig.json gradle/deps.gradle project/plugins.sbt rust-toolchain.toml',
};
const text: Partial<Record<string, string>> = {
  'package.json': '{"scripts":{"postinstall":"x"}}',
  'composer.json': '{"scripts":{"post-install-cmd":"x"}}',
  'tsconfig.json': '{"compilerOptions":{"plug\\u0069ns":[{"name":"./evil"}]}}',
};
const cases = Object.entries(runs).flatMap(([runner, paths]) =>
  paths.split(' ').map((path) => [path, runner] as const),
);
const runnerOf = (path: string): CodeRunner | undefined =>
  canRunCode(path, '', text[path.split(/[/\\]/).at(-1) ?? ''] ?? 'x');

describe('a file that runs code by itself', () => {
  it('is known by its name, with who runs it', () => {
    for (const [path, runner] of cases) assert.equal(runnerOf(path), runner, path);
  });

  it('is known in whichever folder, and however the path is written', () => {
    const spellings: ((path: string) => string)[] = [
      (path) => `packages/deep/${path}`,
      (path) => `/home/someone/project/${path}`,
      (path) => `C:\\project\\${path.replaceAll('/', '\\')}`,
      (path) => `src/../lib/./${path}`,
      (path) => `x//${path}`,
    ];
    for (const [path, runner] of cases)
      for (const spell of spellings) assert.equal(runnerOf(spell(path)), runner, spell(path));
  });

  it('is known by names that file systems take for the same', () => {
    for (const path of [
      '.GIT/config',
      '.git./config',
      '.git /config',
      '.git::$INDEX_ALLOCATION/config',
      'GIT~1/config',
      '.g\u200cit/config',
      '.VSCode\\Tasks.JSON',
      '.vscode/tasks.json.',
      '.vscode/tasks.json::$DATA',
      '.GitHub/Workflows/CI.yml',
      '.husky\u2060/pre-commit',
      '.hu\u017fky/pre-commit',
      'MAKEFILE',
    ])
      assert.ok(canRunCode(path, '', 'x'), path);
  });

  it('is no source of a program, no text, and no other part of a manifest', () => {
    for (const path of [
      'src/a.ts',
      'README.md',
      'git/config.ts',
      'vscode/settings.json',
      '.github/README.md',
      '.gitlab/issue_templates/bug.md',
      'src/app.config.ts',
      'user.service.ts',
      'src/hooks/useThing.ts',
      'makefile.md',
      '.gitignore',
      'data.json',
      '.vscode',
      '',
      '..',
      'a/.git/../b.ts',
    ])
      assert.equal(canRunCode(path, '', 'x'), undefined, path);
    const before = '{"name":"a","scripts":{"test":"x"}}';
    assert.equal(canRunCode('package.json', before, '{"name":"b","scripts":{"test":"x"}}'), undefined);
    assert.equal(canRunCode('package.json', '', '{"name":"b"}'), undefined);
    assert.equal(canRunCode('tsconfig.json', '', '{"compilerOptions":{"strict":true}}'), undefined);
  });

  it('is a manifest whose commands change, or whose change can’t be told', () => {
    const before = '{"name":"a","scripts":{"test":"x"}}';
    for (const after of [
      '{"name":"a","scripts":{"test":"y"}}',
      '{"name":"a","scr\\u0069pts":{"test":"y"}}',
      '{"name":"a","scripts":{"test":"x"},"lint-staged":{"*":"rm"}}',
      '{"name":"a","scripts":{"test":"x"},"scripts":{"test":"z"}}',
      '{"scripts":{"test":"x"},}',
      '[]',
    ])
      assert.equal(canRunCode('web/package.json', before, after), 'scripts', after);
  });

  it('is told for any path and text without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.json(), (path, before, after) => {
        canRunCode(path, before, after);
        for (const name of ['package.json', 'tsconfig.json']) canRunCode(`${path}/${name}`, before, after);
      }),
      { numRuns: 40 },
    );
  });
});
