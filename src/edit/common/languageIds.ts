/** Maps the language of a fence's info string to a VS Code language id. */

/** Names that are not VS Code language ids. */
const aliases: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  'f#': 'fsharp',
  'objective-c++': 'objective-cpp',
  bash: 'shellscript',
  bat: 'bat',
  batch: 'bat',
  cc: 'cpp',
  cjs: 'javascript',
  cmd: 'bat',
  console: 'shellscript',
  cs: 'csharp',
  cts: 'typescript',
  cxx: 'cpp',
  docker: 'dockerfile',
  dos: 'bat',
  fs: 'fsharp',
  golang: 'go',
  gql: 'graphql',
  h: 'c',
  hpp: 'cpp',
  htm: 'html',
  js: 'javascript',
  jsx: 'javascriptreact',
  json5: 'jsonc',
  kt: 'kotlin',
  make: 'makefile',
  md: 'markdown',
  mjs: 'javascript',
  mts: 'typescript',
  objc: 'objective-c',
  patch: 'diff',
  pl: 'perl',
  plain: 'plaintext',
  ps: 'powershell',
  ps1: 'powershell',
  pwsh: 'powershell',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  shell: 'shellscript',
  tex: 'latex',
  text: 'plaintext',
  ts: 'typescript',
  tsx: 'typescriptreact',
  txt: 'plaintext',
  vb: 'vb',
  yml: 'yaml',
  zsh: 'shellscript',
};

/** The language id for a fence's language; `plaintext` if `known`, the ids of this VS Code, has none. */
export function toLanguageId(language: string, known: readonly string[]): string {
  const name = language.toLowerCase();
  const alias = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  for (const candidate of [alias, name]) {
    const id = known.find((one) => one.toLowerCase() === candidate);
    if (id !== undefined) return id;
  }
  return 'plaintext';
}

/** The language in a fence's info string: `ts` for `ts src/a.ts`, `ts:src/a.ts` and `{.ts}`. */
export function languageOfInfo(info: string): string {
  const [first = ''] = info.trim().split(/\s/, 1);
  return (first.replace(/^\{?\.?|\}$/g, '').split(/[:,{]/, 1)[0] ?? '').toLowerCase();
}
