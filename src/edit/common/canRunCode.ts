/** Detects files whose content is executed automatically, so that changing them can run code. */

import { stripHidden } from '../../base/common/hiddenText.ts';

/**
 * What executes the file. `editor`: VS Code, other editors and their agents. `git`: Git settings and hooks. `hooks`: hook
 * managers, on commit or push. `startup`: a shell or the system when it starts, or a shell that enters the folder. `ci`: the
 * CI service. `packages`: the package manager, on install. `scripts`: the same, for the scripts in a manifest. `container`:
 * the tool that opens the folder in a container. `tools`: language tools that load the folder.
 */
export type CodeRunner =
  | 'editor'
  | 'git'
  | 'hooks'
  | 'startup'
  | 'ci'
  | 'packages'
  | 'scripts'
  | 'container'
  | 'tools';

/** Folder names in lower case, anywhere in a path. Every file below them counts. */
const folders: Readonly<Record<string, CodeRunner>> = {
  '.vscode': 'editor',
  '.idea': 'editor',
  '.run': 'editor',
  '.vs': 'editor',
  '.fleet': 'editor',
  '.zed': 'editor',
  '.cursor': 'editor',
  '.windsurf': 'editor',
  '.claude': 'editor',
  '.codex': 'editor',
  '.gemini': 'editor',
  '.qwen': 'editor',
  '.opencode': 'editor',
  '.kiro': 'editor',
  '.trae': 'editor',
  '.qoder': 'editor',
  '.git': 'git',
  '.hg': 'git',
  '.husky': 'hooks',
  '.githooks': 'hooks',
  '.lefthook': 'hooks',
  '.ssh': 'startup',
  autostart: 'startup',
  launchagents: 'startup',
  launchdaemons: 'startup',
  '.circleci': 'ci',
  '.buildkite': 'ci',
  '.woodpecker': 'ci',
  '.workflow': 'ci',
  '.semaphore': 'ci',
  '.tekton': 'ci',
  '.teamcity': 'ci',
  '.azure-pipelines': 'ci',
  '.azuredevops': 'ci',
  '.jenkins': 'ci',
  '.yarn': 'packages',
  '.bundle': 'packages',
  '.devcontainer': 'container',
  '.cargo': 'tools',
  '.mvn': 'tools',
};

/** Patterns for file names and paths, in lower case. */
const files: readonly (readonly [CodeRunner, RegExp])[] = [
  ['editor', /\.(code-workspace|sublime-project|sublime-workspace|code-profile)$/],
  ['editor', /^(\.?mcp\.json|\.vimrc|\.nvimrc|\.nvim\.lua|\.exrc|\.dir-locals(-2)?\.el)$/],
  // User settings of VS Code and its forks.
  [
    'editor',
    /(^|(^|\/)(code|code - [\w ]+|code-server|vscodium|cursor|windsurf|trae|trae cn|qoder|kiro|user-data|data)\/)(user|machine)\/(profiles\/[^/]+\/)?(settings|tasks|launch|keybindings|mcp)\.json$/,
  ],
  // A `.git` file points to the Git folder, as in worktrees.
  ['git', /^(\.git|\.gitconfig|\.gitmodules|\.hgrc)$|(^|\/)\.config\/git\/config$/],
  ['git', /(^|\/)hooks\/(pre|post|prepare|commit|update|applypatch|fsmonitor|sendemail)[a-z-]*$/],
  [
    'hooks',
    /^(\.?lefthook(-local)?\.(ya?ml|toml|json)|\.pre-commit-(config|hooks)\.ya?ml|\.overcommit\.yml)$/,
  ],
  [
    'hooks',
    /^(\.lintstagedrc(\..+)?|lint-staged\.config\.\w+|\.simple-git-hooks\.\w+|simple-git-hooks\.\w+)$/,
  ],
  ['startup', /^\.envrc(\..+)?$|^\.?direnvrc$|^\.?mise(\..+)?\.toml$|^\.rtx\.toml$|^\.tool-versions$/],
  ['startup', /(^|\/)\.?mise\/(config(\..+)?\.toml$|conf\.d\/.|tasks\/.)/],
  ['startup', /^\.(bash(rc|_profile|_login|_logout|_aliases)|profile|z(shrc|shenv|profile|login|logout))$/],
  ['startup', /^\.(kshrc|cshrc|tcshrc|login|logout|xinitrc|xprofile|xsession(rc)?)$|^crontab$/],
  ['startup', /(^|\/)fish\/(config(\.fish)?$|conf\.d\/.)|(^|[._])profile\.ps1$|\.(service|desktop)$/],
  [
    'ci',
    /(^|\/)\.(github|gitea|forgejo|gitee)\/(workflows|actions|pipelines)\/.|(^|\/)\.gitlab\/(ci|pipelines)\/./,
  ],
  ['ci', /^(action\.ya?ml|\.gitlab-ci(\..+)?\.ya?ml|\.travis\.ya?ml|\.?appveyor\.ya?ml|jenkinsfile(\..+)?)$/],
  [
    'ci',
    /^(azure-pipelines(.*)\.ya?ml|bitbucket-pipelines\.ya?ml|\.(drone|woodpecker|cirrus)\.(ya?ml|star))$/,
  ],
  [
    'ci',
    /^(\.(cnb|coding-ci|build|gitee-ci)\.ya?ml|cloudbuild\.ya?ml|codemagic\.ya?ml|buildspec\.ya?ml|wercker\.ya?ml)$/,
  ],
  ['packages', /^(\.npmrc|\.yarnrc(\.ya?ml)?|\.?pnpmfile\.c?js|\.pnp(\.loader)?\.[cm]?js|\.?bunfig\.toml)$/],
  ['packages', /^(\.?pip\.(conf|ini)|\.condarc|\.pypirc|\.gemrc|nuget\.config|binding\.gyp|setup\.py)$/],
  ['container', /^(\.?devcontainer\.json|\.gitpod\.ya?ml|devfile\.ya?ml)$/],
  [
    'tools',
    /^(gnumakefile|makefile(\.(am|in|inc))?|.+\.mk|cmakelists\.txt|cmakepresets\.json|cmakeuserpresets\.json)$/,
  ],
  ['tools', /^(.+\.gradle(\.kts)?|gradle-wrapper\.properties|gradlew(\.bat)?|mvnw(\.cmd)?)$/],
  [
    'tools',
    /^(build\.rs|rust-toolchain(\.toml)?|.+\.sbt|build\.zig|mix\.exs|package\.swift|gemfile|rakefile|podfile|.+\.gemspec)$/,
  ],
  ['tools', /^(directory\.build\.(props|targets|rsp)|.+\.(csproj|fsproj|vbproj|targets))$/],
  ['tools', /^(conftest\.py|noxfile\.py|sitecustomize\.py|usercustomize\.py|.+\.pth|.+\.nix)$/],
  ['tools', /^\..+rc\.[cm]?[jt]s$/],
  // Other configuration files, such as `app.config.ts`, are part of the program.
  [
    'tools',
    /^(eslint|prettier|stylelint|tailwind|postcss|babel|svelte|astro|nuxt|vite|vitest|jest|playwright|webpack|rollup|commitlint)\.config\.[cm]?[jt]s$/,
  ],
];

/**
 * `path`: relative or absolute, with `/` or `\`, in any case. `before`, `after`: the file's texts, for files of which only
 * parts are executed. `undefined`: nothing is known to execute the file automatically, as for source files of a program.
 */
export function canRunCode(path: string, before: string, after: string): CodeRunner | undefined {
  const parts = partsOf(path);
  const name = parts.at(-1) ?? '';
  for (const part of parts.slice(0, -1)) {
    const runner = Object.hasOwn(folders, part) ? folders[part] : undefined;
    if (runner) return runner;
  }
  const whole = parts.join('/');
  for (const [runner, pattern] of files) if (pattern.test(name) || pattern.test(whole)) return runner;
  if (name === 'package.json' || name === 'composer.json')
    return runningMembers(before) === runningMembers(after) ? undefined : 'scripts';
  // The TypeScript server loads the project's plugins. The JSON may contain comments and escapes.
  if (/^[tj]sconfig(\..+)?\.json$/.test(name)) return /plugins|\\u/i.test(after) ? 'tools' : undefined;
  return undefined;
}

/** Normalizes names as file systems do: `.GIT`, `.git.`, `.git::$INDEX_ALLOCATION`, `GIT~1` are `.git`; `.huſky` is `.husky`. */
function partsOf(path: string): string[] {
  const parts: string[] = [];
  for (const raw of stripHidden(path).normalize('NFKC').toLowerCase().split(/[/\\]/)) {
    const stream = raw.slice(1).search(/::?\$/);
    const name = stream < 0 ? raw : raw.slice(0, stream + 1);
    const part = name.replace(/(?<=[^. ])[. ]+$/, '');
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part.replace(/^(git|vscode|husky)~\d$/, '.$1'));
  }
  return parts;
}

/** Members of a package manifest with commands that run automatically. */
const members = ['scripts', 'husky', 'lint-staged', 'simple-git-hooks', 'pre-commit', 'gitHooks'];

/** Those members as text; the whole text if it is no JSON. */
function runningMembers(text: string): string {
  try {
    const manifest: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof manifest !== 'object' || manifest === null) return text;
    const own = new Map<string, unknown>(Object.entries(manifest));
    return JSON.stringify(members.map((member) => own.get(member) ?? {}));
  } catch {
    return text.trim() === '' ? JSON.stringify(members.map(() => ({}))) : text;
  }
}
