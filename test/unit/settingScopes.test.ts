// What a workspace could do with each setting, and that its scope and Restricted Mode leave it only what does no harm.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'));
const scopes: Record<string, string> = Object.fromEntries(
  manifest.contributes.configuration.flatMap(
    ({ properties }: { properties: Record<string, { scope: string }> }) =>
      Object.entries(properties).map(([name, { scope }]) => [name, scope]),
  ),
);
const restricted: readonly string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;

/**
 * `user`: VS Code ignores a workspace's value. `trusted`: it counts in a workspace that the user trusts, as its code
 * would. `anyone`: it counts in Restricted Mode too. Without a scope VS Code takes `window`, which is why none may lack.
 */
const allowedScopes = {
  user: ['application', 'machine'],
  trusted: ['window', 'resource'],
  anyone: ['window', 'resource'],
} as const;

/** Every setting, with what a hostile workspace could do if its value counted. */
const classes: Record<string, { counts: keyof typeof allowedScopes; couldDo: string }> = {
  'qiao.model': {
    counts: 'trusted',
    couldDo: 'choose which of the user’s connections gets their code; the composer names the model',
  },
  'qiao.systemPrompt': { counts: 'trusted', couldDo: 'steer every answer; the composer shows it' },
  'qiao.parameters': { counts: 'user', couldDo: 'make answers long and expensive, or empty' },
  'qiao.compare.concurrency': { counts: 'user', couldDo: 'send many requests at once at the user’s cost' },
  'qiao.compare.requestsPerMinute': { counts: 'user', couldDo: 'lift the pace that the user set' },
  'qiao.connections': { counts: 'user', couldDo: 'send a key, headers and code to an address of its own' },
  'qiao.dashscope.region': { counts: 'user', couldDo: 'send the key to another region' },
  'qiao.dashscope.baseUrl': { counts: 'user', couldDo: 'send the key to an address of its own' },
  'qiao.dashscope.workspaceId': { counts: 'user', couldDo: 'have requests counted for another workspace' },
  'qiao.context.exclude': {
    counts: 'trusted',
    couldDo: 'lift what the user keeps out; so it can only add, see exclusionLayers.ts',
  },
  'qiao.codeLens': {
    counts: 'anyone',
    couldDo: 'show lines above functions, which send nothing by themselves',
  },
  'qiao.timeout.connect': { counts: 'user', couldDo: 'let every request fail, or wait for hours' },
  'qiao.timeout.firstByte': { counts: 'user', couldDo: 'let every request fail, or wait for hours' },
  'qiao.timeout.silence': { counts: 'user', couldDo: 'let every request fail, or wait for hours' },
  'qiao.timeout.keepAlive': { counts: 'user', couldDo: 'let every request fail, or wait for hours' },
  'qiao.limits.characters': { counts: 'user', couldDo: 'cut every answer, or let one fill the memory' },
  'qiao.limits.toolCalls': { counts: 'user', couldDo: 'cut every answer, or let one fill the memory' },
  'qiao.limits.keepAliveCharacters': { counts: 'user', couldDo: 'let a request go on for hours' },
  'qiao.retry.backoff': { counts: 'user', couldDo: 'let requests follow one another without a pause' },
  'qiao.retry.maxAttempts': { counts: 'user', couldDo: 'send each request many times at the user’s cost' },
  'qiao.prices': { counts: 'user', couldDo: 'hide from the user what is spent' },
  'qiao.budget.perDay': { counts: 'user', couldDo: 'lift the budget' },
  'qiao.budget.perMonth': { counts: 'user', couldDo: 'lift the budget' },
  'qiao.budget.currency': {
    counts: 'user',
    couldDo: 'let the budget count in a currency nothing is paid in',
  },
};

describe('settings in a hostile workspace', () => {
  it('are all judged, and none that is gone', () => {
    assert.deepEqual(Object.keys(classes).sort(), Object.keys(scopes).sort());
    for (const [name, { couldDo }] of Object.entries(classes)) assert.ok(couldDo.length > 10, name);
  });

  it('count only where the judgement lets them', () => {
    for (const [name, { counts }] of Object.entries(classes)) {
      const scope = scopes[name] ?? 'none';
      assert.ok(
        allowedScopes[counts].some((allowed) => allowed === scope),
        `${name} has the scope ${scope}`,
      );
      assert.equal(restricted.includes(name), counts === 'trusted', `${name} in Restricted Mode`);
    }
    for (const name of restricted) assert.ok(name in classes, name);
  });
});
