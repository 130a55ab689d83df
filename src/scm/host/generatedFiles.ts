/** Recognizes generated files by their path. */

/** File names in lower case. */
const lockFiles: ReadonlySet<string> = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'cargo.lock',
  'gemfile.lock',
  'composer.lock',
  'poetry.lock',
  'pipfile.lock',
  'pdm.lock',
  'uv.lock',
  'go.sum',
  'flake.lock',
  'mix.lock',
  'pubspec.lock',
  'podfile.lock',
  'package.resolved',
  'packages.lock.json',
  'gradle.lockfile',
  '.terraform.lock.hcl',
]);

const generated =
  /(\.min\.(js|css|mjs|cjs)|\.(js|css|mjs|cjs|ts)\.map|\.pb\.(go|cc|h|dart|swift)|_pb2(_grpc)?\.pyi?|_pb\.(js|ts|d\.ts)|\.(g|freezed)\.dart|\.designer\.cs|\.generated\.[a-z]{1,5}|\.snap)$/;

/** Build output and third-party code; narrow, as such folders may contain written files too. */
const folders =
  /(^|\/)(dist\/.{0,500}\.(m?js|cjs|css|html|d\.[cm]?ts)$|node_modules\/|vendor\/[^/.]{1,100}\.[a-z.]{2,50}\/)|^vendor\/[^/]{1,200}\/[^/]{1,200}\//;

/** `path`: with slashes, relative to the repository. */
export function isGenerated(path: string): boolean {
  const lower = path.toLowerCase();
  const name = lower.slice(lower.lastIndexOf('/') + 1);
  return lockFiles.has(name) || generated.test(name) || folders.test(lower);
}
