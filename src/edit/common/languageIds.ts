/** From the name on a fence to VS Code's name of the language. */

/** Names that are neither VS Code's own nor a file extension it would be asked about. */
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

/** The id in `known` (what this VS Code has) for a fence's language; `plaintext` when there is none. */
export function toLanguageId(language: string, known: readonly string[]): string {
  const name = language.toLowerCase();
  const alias = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  for (const candidate of [alias, name]) {
    const id = known.find((one) => one.toLowerCase() === candidate);
    if (id !== undefined) return id;
  }
  return 'plaintext';
}

/** The name of the language in a fence's info string: `ts` of `ts src/a.ts`, of `ts:src/a.ts` and of `{.ts}`. */
export function languageOfInfo(info: string): string {
  const [first = ''] = info.trim().split(/\s/, 1);
  return (first.replace(/^\{?\.?|\}$/g, '').split(/[:,{]/, 1)[0] ?? '').toLowerCase();
}
