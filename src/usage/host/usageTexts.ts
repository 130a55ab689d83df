/** Describes tokens, costs and rate limits in the user's language. */

import { l10n } from 'vscode';
import type { Answer, Conversation, ErrorReport } from '../../chat/common/conversation.ts';
import type { ErrorCard } from '../../chat/common/protocol.ts';
import type { Usage } from '../../llm/chatModel.ts';
import { formatCost, formatCosts, sumCosts } from '../../llm/pricing.ts';
import type { RateLimits } from '../../llm/rateLimits.ts';

/** The tooltip of an answer, one fact a line; `undefined` without counts from the platform. */
export function usageDetails({ usage, cost, rateLimits }: Answer): string | undefined {
  if (!usage) return undefined;
  return [
    tokensText(usage),
    cost ? l10n.t('Cost: {0}', formatCost(cost)) : l10n.t('Cost: unknown'),
    ...(rateLimits ? limitTexts(rateLimits) : []),
  ].join('\n');
}

/** The usage of a conversation with all its branches; `undefined` without counts. */
export function spentText({ turns }: Conversation): string | undefined {
  const counted = turns.flatMap(({ answer }) => (answer.usage ? [answer] : []));
  if (counted.length === 0) return undefined;
  const tokens = number(counted.reduce((total, { usage }) => total + (usage?.totalTokens ?? 0), 0));
  const costs = sumCosts(turns.map(({ answer }) => answer.cost));
  if (costs.length === 0) return l10n.t('This chat so far: {0} tokens, cost unknown.', tokens);
  return counted.every(({ cost }) => cost)
    ? l10n.t('This chat so far: {0} tokens, {1}.', tokens, formatCosts(costs))
    : l10n.t('This chat so far: {0} tokens, {1} and what is not known.', tokens, formatCosts(costs));
}

/** The wait and the remaining limits, for an error card. */
export function limitFacts({ retryAfterMs, rateLimits }: ErrorReport): ErrorCard['limits'] {
  const facts = [
    ...(retryAfterMs === undefined
      ? []
      : [l10n.t('The platform asks to wait {0} s', number(Math.ceil(retryAfterMs / 1000)))]),
    ...(rateLimits ? limitTexts(rateLimits) : []),
  ];
  return facts.length > 0 ? facts : undefined;
}

function tokensText({ inputTokens, outputTokens, cachedInputTokens, reasoningTokens }: Usage): string {
  const input = cachedInputTokens
    ? l10n.t('{0} tokens in ({1} from the cache)', number(inputTokens), number(cachedInputTokens))
    : l10n.t('{0} tokens in', number(inputTokens));
  const output = reasoningTokens
    ? l10n.t('{0} out ({1} of it reasoning)', number(outputTokens), number(reasoningTokens))
    : l10n.t('{0} out', number(outputTokens));
  return l10n.t('{0}, {1}', input, output);
}

function limitTexts(limits: RateLimits): string[] {
  const { remainingRequests, limitRequests, remainingTokens, limitTokens } = limits;
  return [
    ...leftText(l10n.t('Requests left'), remainingRequests, limitRequests),
    ...leftText(l10n.t('Tokens left'), remainingTokens, limitTokens),
  ];
}

function leftText(name: string, left: number | undefined, limit: number | undefined): string[] {
  if (left === undefined) return [];
  if (limit === undefined) return [l10n.t('{0}: {1}', name, number(left))];
  return [l10n.t('{0}: {1} of {2}', name, number(left), number(limit))];
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
