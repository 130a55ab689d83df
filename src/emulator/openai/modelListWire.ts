/** `GET …/models`: the list of models in OpenAI's shape. */

import type { Wire } from '../wire.ts';
import type { Dialect } from './dialect.ts';

const suffix = '/models';

export function createModelListWire(dialect: Dialect): Wire {
  return {
    name: `${dialect.name}-models`,
    aside: true,
    serves: (path) => path.endsWith(suffix) && dialect.ownsPrefix(path.slice(0, -suffix.length)),
    wantsStream: () => false,
    check({ method, headers }, options) {
      const refusal =
        method === 'GET'
          ? dialect.checkKey(headers, options)
          : dialect.refuse('method', `Not allowed: ${method}`);
      return refusal === undefined
        ? { type: 'reply', body: encodeList(options.modelList ?? dialect.models, dialect.name) }
        : { type: 'refused', refusal };
    },
    streamHeaders: {},
    createRequestId: dialect.createRequestId,
    encodeError: dialect.encodeError,
    encodeErrorEvent: (refusal, requestId) => `data: ${dialect.encodeError(refusal, requestId)}\n\n`,
  };
}

function encodeList(ids: readonly string[], owner: string): string {
  const data = ids.map((id) => ({ id, object: 'model', created: 1_719_043_200, owned_by: owner }));
  return JSON.stringify({ object: 'list', data });
}
