/** Finds the test framework in a project's manifest. */

import * as z from 'zod';

/** Manifests, grouped by language, in the order in which they are read. */
export const manifestNames = [
  'package.json',
  'pyproject.toml',
  'pytest.ini',
  'requirements-dev.txt',
  'requirements.txt',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'go.mod',
  'Cargo.toml',
] as const;

export type ManifestName = (typeof manifestNames)[number];

/** The manifests for files with this extension. */
export function manifestsFor(extension: string): readonly ManifestName[] {
  if (/^([cm]?[jt]sx?|vue|svelte)$/.test(extension)) return ['package.json'];
  if (/^pyi?$/.test(extension))
    return ['pyproject.toml', 'pytest.ini', 'requirements-dev.txt', 'requirements.txt'];
  if (/^(java|kt|groovy|scala)$/.test(extension)) return ['pom.xml', 'build.gradle', 'build.gradle.kts'];
  if (extension === 'go') return ['go.mod'];
  return extension === 'rs' ? ['Cargo.toml'] : [];
}

/** The framework's name; `undefined` when the manifest names none or is invalid. */
export function frameworkOf(manifest: ManifestName, text: string): string | undefined {
  switch (manifest) {
    case 'package.json':
      return ofPackage(text);
    case 'go.mod':
      return text.includes('github.com/stretchr/testify') ? 'Go testing + testify' : 'Go testing';
    case 'Cargo.toml':
      return 'Rust #[test]';
    case 'pom.xml':
    case 'build.gradle':
    case 'build.gradle.kts':
      return firstNamed(text, [
        [/junit-jupiter|useJUnitPlatform/, 'JUnit 5'],
        [/testng/i, 'TestNG'],
        [/spock-core/, 'Spock'],
        [/kotest/, 'Kotest'],
        [/junit/, 'JUnit 4'],
      ]);
    case 'pytest.ini':
      return 'pytest';
    default:
      return /\bpytest\b/.test(text) ? 'pytest' : undefined;
  }
}

const names = z.record(z.string(), z.string());
const packageSchema = z.object({
  dependencies: names.optional(),
  devDependencies: names.optional(),
  scripts: names.optional(),
});

const packages: readonly (readonly [string, string])[] = [
  ['vitest', 'Vitest'],
  ['jest', 'Jest'],
  ['mocha', 'Mocha'],
  ['jasmine', 'Jasmine'],
  ['ava', 'AVA'],
  ['tap', 'node-tap'],
  ['uvu', 'uvu'],
  ['@playwright/test', 'Playwright'],
];

function ofPackage(text: string): string | undefined {
  const { data } = packageSchema.safeParse(parseJson(text));
  if (!data) return undefined;
  const used = { ...data.dependencies, ...data.devDependencies };
  const found = packages.find(([name]) => used[name] !== undefined)?.[1];
  if (found) return found;
  const scripts = Object.values(data.scripts ?? {});
  if (scripts.some(runsNodeTest)) return 'node:test';
  return scripts.some((script) => /\bbun test\b/.test(script)) ? 'bun:test' : undefined;
}

/** In two steps, as one pattern for both words takes quadratic time on a script with many `node`. */
function runsNodeTest(script: string): boolean {
  const at = script.search(/\bnode\b/);
  return at >= 0 && /--test\b/.test(script.slice(at));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstNamed(text: string, marks: readonly (readonly [RegExp, string])[]): string | undefined {
  return marks.find(([mark]) => mark.test(text))?.[1];
}
