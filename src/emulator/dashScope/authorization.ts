/** Who may ask: API keys and workspaces (the vendor’s pages of its models). */

import type { IncomingHttpHeaders } from 'node:http';
import type { Refusal } from '../refusal.ts';
import { type Failing, failureNamed } from '../tellingKeys.ts';
import type { CheckOptions } from '../wire.ts';
import {
  arrearage,
  freeTierOnly,
  invalidApiKey,
  modelAccessDenied,
  noApiKey,
  rateLimited,
  workspaceAccessDenied,
} from './refusals.ts';

const failures: Readonly<Record<Failing, Refusal>> = {
  invalid: invalidApiKey,
  arrears: arrearage,
  denied: modelAccessDenied,
  'free-tier': freeTierOnly,
  throttled: rateLimited,
};

export function checkAuthorization(headers: IncomingHttpHeaders, options: CheckOptions): Refusal | undefined {
  if (headers.authorization === undefined) {
    return noApiKey;
  }
  const key = /^Bearer (sk-\S+)$/.exec(headers.authorization)?.[1];
  // Keys of the coding subscription work only at their own address.
  if (key === undefined || key.startsWith('sk-sp-')) {
    return invalidApiKey;
  }
  if (options.apiKeys !== undefined && !options.apiKeys.includes(key)) {
    return invalidApiKey;
  }
  const failing = failureNamed(key);
  return failing === undefined
    ? checkWorkspace(headers['x-dashscope-workspace'], options.requireWorkspace)
    : failures[failing];
}

function checkWorkspace(
  sent: string | string[] | undefined,
  required: boolean | string | undefined,
): Refusal | undefined {
  const named = typeof sent === 'string' && sent !== '';
  if (typeof required === 'string' ? sent !== required : required === true && !named) {
    return workspaceAccessDenied;
  }
  return undefined;
}
