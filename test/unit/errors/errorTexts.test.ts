import assert from 'node:assert/strict';
import type { ErrorReport } from '../../../src/chat/common/conversation.ts';
import { toErrorCard } from '../../../src/errors/host/errorCard.ts';
import { chatErrorKinds, clientErrorCodes } from '../../../src/llm/chatError.ts';

const errors: readonly ErrorReport[] = [
  ...chatErrorKinds.map((kind) => ({ kind, providerId: 'dashscope', message: 'No.' })),
  ...clientErrorCodes.map((code) => ({
    kind: 'unexpected' as const,
    providerId: 'dashscope',
    message: 'No.',
    code,
  })),
];

describe('what an error card offers', () => {
  it('is the address where the advice is to check it, and no other setting', () => {
    const advised = errors.filter((error) => /base URL|https address/.test(toErrorCard(error).advice));
    assert.deepEqual(
      advised.map(({ kind, code }) => code ?? kind),
      [
        'network',
        'protocol',
        'html-answer',
        'empty-answer',
        'redirect',
        'too-large',
        'plain-http',
        'wrong-address',
      ],
    );
    for (const error of advised) {
      const { actions } = toErrorCard(error);
      assert.ok(actions.includes('check-address'), error.code ?? error.kind);
      assert.ok(!actions.includes('open-settings'), error.code ?? error.kind);
    }
  });

  it('holds no code that Qiao itself gave, and no page of the platform about it', () => {
    for (const error of errors.filter(({ code }) => code !== undefined)) {
      const { code, help } = toErrorCard(error);
      assert.deepEqual([code, help], [undefined, undefined]);
    }
  });
});
