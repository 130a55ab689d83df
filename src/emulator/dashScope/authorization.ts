/** Checks API keys and workspaces (the vendor’s pages of its models). */

import type { IncomingHttpHeaders } from 'node:http';
import type { ApiError } from '../apiError.ts';
import { checkBearerKey, type KeyRules } from '../bearerKey.ts';
import type { CheckOptions } from '../endpoint.ts';
import {
  arrearage,
  freeTierOnly,
  invalidApiKey,
  modelAccessDenied,
  noApiKey,
  rateLimited,
  workspaceAccessDenied,
} from './errors.ts';

const keyRules: KeyRules = {
  // Keys of the coding subscription (`sk-sp-…`) work only at their own address.
  shape: /^sk-(?!sp-)\S+$/,
  missing: noApiKey,
  failures: {
    invalid: invalidApiKey,
    arrears: arrearage,
    denied: modelAccessDenied,
    'free-tier': freeTierOnly,
    throttled: rateLimited,
  },
};

export function checkAuthorization(
  headers: IncomingHttpHeaders,
  options: CheckOptions,
): ApiError | undefined {
  return (
    checkBearerKey(headers, options, keyRules) ??
    checkWorkspace(headers['x-dashscope-workspace'], options.requireWorkspace)
  );
}

function checkWorkspace(
  sent: string | string[] | undefined,
  required: boolean | string | undefined,
): ApiError | undefined {
  const named = typeof sent === 'string' && sent !== '';
  if (typeof required === 'string' ? sent !== required : required === true && !named) {
    return workspaceAccessDenied;
  }
  return undefined;
}
