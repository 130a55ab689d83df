import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultLimits } from '../../src/providers/http/answerMeter.ts';
import { defaultTimeouts } from '../../src/providers/http/dispatchers.ts';

interface Setting {
  default: unknown;
}

const manifest = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8')) as {
  contributes: { configuration: { properties: Record<string, Setting> }[] };
};
const settings = Object.fromEntries(
  manifest.contributes.configuration.flatMap(({ properties }) =>
    Object.entries(properties).filter(([name]) => /^qiao\.(limits|timeout)\./.test(name)),
  ),
);

describe('the limits on servers', () => {
  it('hold by default as the settings say', () => {
    const said = Object.fromEntries(
      Object.entries(settings).map(([name, setting]) => [name, setting.default]),
    );
    const { connectMs, firstByteMs, idleMs, keepAliveMs } = defaultTimeouts;
    assert.deepEqual(said, {
      'qiao.timeout.connect': connectMs / 1000,
      'qiao.timeout.firstByte': firstByteMs / 1000,
      'qiao.timeout.silence': idleMs / 1000,
      'qiao.timeout.keepAlive': keepAliveMs / 1000,
      'qiao.limits.characters': defaultLimits.characters,
      'qiao.limits.toolCalls': defaultLimits.toolCalls,
      'qiao.limits.keepAliveCharacters': defaultLimits.keepAliveCharacters,
    });
  });
});
