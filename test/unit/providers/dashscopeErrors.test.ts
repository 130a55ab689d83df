import assert from 'node:assert/strict';
import { readDashScopeFailure } from '../../../src/providers/dashscope/dashscopeErrors.ts';

/** code, status, message, kind */
const table: [string, number, string, string][] = [
  ['InvalidParameter', 400, 'Temperature should be in [0.0, 2.0)', 'invalid-request'],
  ['InvalidParameter', 400, 'Range of input length should be [1, 30720]', 'context-too-long'],
  ['InvalidParameter', 400, 'Range of max_tokens should be [1, 2000]', 'invalid-request'],
  ['InvalidURL', 400, 'x', 'invalid-request'],
  ['UnsupportedOperation', 400, 'x', 'invalid-request'],
  ['BadRequest.EmptyInput', 400, 'x', 'invalid-request'],
  ['BadRequest.EmptyParameters', 400, 'x', 'invalid-request'],
  ['BadRequest.EmptyModel', 400, 'x', 'invalid-request'],
  ['InvalidParameter.NotSupportEnableThinking', 400, 'x', 'invalid-request'],
  [
    'ServiceUnavailableError',
    400,
    'Role must be user or assistant and Content length must be greater than 0',
    'invalid-request',
  ],
  ['DataInspectionFailed', 400, 'x', 'content-filtered'],
  ['data_inspection_failed', 400, 'x', 'content-filtered'],
  ['IPInfringementSuspect', 400, 'x', 'content-filtered'],
  ['FaqRuleBlocked', 400, 'x', 'content-filtered'],
  ['CustomRoleBlocked', 400, 'x', 'content-filtered'],
  ['Arrearage', 400, 'x', 'quota'],
  ['InvalidApiKey', 401, 'Invalid API-key provided.', 'unauthorized'],
  ['invalid_api_key', 401, 'x', 'unauthorized'],
  ['AccessDenied', 403, 'x', 'unauthorized'],
  ['AccessDenied.Unpurchased', 403, 'x', 'unauthorized'],
  ['Model.AccessDenied', 403, 'x', 'unauthorized'],
  ['Endpoint.AccessDenied', 403, 'x', 'unauthorized'],
  ['AllocationQuota.FreeTierOnly', 403, 'x', 'quota'],
  ['ModelNotFound', 404, 'x', 'model-not-found'],
  ['model_not_supported', 404, 'x', 'model-not-found'],
  ['WorkSpaceNotFound', 404, 'x', 'model-not-found'],
  ['RequestTimeOut', 500, 'x', 'timeout'],
  ['Conflict', 409, 'x', 'invalid-request'],
  ['BadRequest.TooLarge', 413, 'x', 'invalid-request'],
  ['Throttling', 429, 'x', 'rate-limited'],
  ['Throttling.RateQuota', 429, 'x', 'rate-limited'],
  ['Throttling.BurstRate', 429, 'x', 'rate-limited'],
  [
    'Throttling.AllocationQuota',
    429,
    'Allocated quota exceeded, please increase your quota limit.',
    'rate-limited',
  ],
  ['Throttling.AllocationQuota', 429, 'Free allocated quota exceeded.', 'quota'],
  ['Throttling.SomethingNew', 429, 'x', 'rate-limited'],
  ['CommodityNotPurchased', 429, 'x', 'quota'],
  ['PrepaidBillOverdue', 429, 'x', 'quota'],
  ['PostpaidBillOverdue', 429, 'x', 'quota'],
  ['InternalError', 500, 'x', 'unavailable'],
  ['InternalError.Algo', 500, 'An internal error has occured.', 'unavailable'],
  ['InternalError.Algo', 500, 'list index out of range', 'invalid-request'],
  ['InternalError.Timeout', 500, 'x', 'timeout'],
  ['SystemError', 500, 'x', 'unavailable'],
  ['ModelServiceFailed', 500, 'x', 'unavailable'],
  ['RetrivalFailed', 500, 'x', 'unavailable'],
  ['ModelServingError', 503, 'x', 'unavailable'],
  ['ModelUnavailable', 503, 'x', 'unavailable'],
  ['SomethingUnheardOf', 429, 'x', 'rate-limited'],
  ['SomethingUnheardOf', 418, 'x', 'invalid-request'],
];

describe('DashScope errors', () => {
  for (const [code, status, message, kind] of table) {
    it(`${status} ${code}: ${message} → ${kind}`, () => {
      const error = readDashScopeFailure(status, JSON.stringify({ code, message, request_id: 'r-1' }));
      assert.deepEqual(
        [error.kind, error.code, error.message, error.status, error.requestId],
        [kind, code, message, status, 'r-1'],
      );
    });
  }

  it('reads a body framed as an event, with the status in its comment', () => {
    const body =
      'id:1\nevent:error\n:HTTP_STATUS/429\ndata:{"code":"Throttling","message":"slow","request_id":"r"}\n\n';
    const error = readDashScopeFailure(400, body);
    assert.deepEqual([error.kind, error.status, error.requestId], ['rate-limited', 429, 'r']);
  });

  it('reads the nested form and the other spelling of the request id', () => {
    const nested = readDashScopeFailure(
      404,
      '{"error":{"message":"no such model","type":"x","code":"model_not_found"}}',
    );
    assert.deepEqual(
      [nested.kind, nested.code, nested.requestId],
      ['model-not-found', 'model_not_found', undefined],
    );
    assert.equal(readDashScopeFailure(401, '{"code":"InvalidApiKey","requestId":"r2"}').requestId, 'r2');
  });

  it('keeps the beginning of a text that is neither', () => {
    const error = readDashScopeFailure(500, 'upstream connect error');
    assert.deepEqual([error.kind, error.message], ['unavailable', 'upstream connect error']);
  });
});
