/** Errors in the user's language: what happened, why, and the next step. */

import * as vscode from 'vscode';
import type { ClientErrorCode } from '../core/chatError.ts';
import type { ErrorReport } from '../core/conversation.ts';
import type { ErrorCard, PanelAction } from '../core/protocol.ts';

interface Explanation {
  title: string;
  advice: string;
  actions: PanelAction[];
  /** The message adds nothing to the title. */
  hideDetail?: boolean;
}

export function toErrorCard(error: ErrorReport): ErrorCard {
  const { title, advice, actions, hideDetail } = explain(error);
  const { kind, message, status, code, requestId } = error;
  const platformCode = code !== undefined && isClientCode(code) ? undefined : code;
  return {
    kind,
    title,
    advice,
    actions,
    detail: hideDetail ? undefined : message,
    status,
    code: platformCode,
    requestId,
  };
}

function explain(error: ErrorReport): Explanation {
  return explainCode(error) ?? explainKind(error);
}

/** Where the code says more than the kind. */
function explainCode({ code }: ErrorReport): Explanation | undefined {
  const { t } = vscode.l10n;
  switch (code) {
    case 'html-answer':
      return {
        title: t('A web page came instead of an answer'),
        advice: t(
          'A proxy or a login page stands between Qiao and the platform. Check the network, the proxy and the base URL.',
        ),
        actions: ['retry', 'open-settings'],
      };
    case 'empty-answer':
      return {
        title: t('The platform sent an empty answer'),
        advice: t('The connection worked, but nothing came. Try again; if it stays so, check the base URL.'),
        actions: ['retry', 'open-settings'],
        hideDetail: true,
      };
    case 'redirect':
      return {
        title: t('The server wanted to send the request elsewhere'),
        advice: t('Qiao sends your key to no other address. Check the base URL.'),
        actions: ['open-settings'],
      };
    case 'parameter':
      return {
        title: t('A parameter is out of range'),
        advice: t('Change it under “Parameters” and ask again.'),
        actions: ['retry', 'open-settings'],
      };
    case 'Arrearage':
    case 'PrepaidBillOverdue':
    case 'PostpaidBillOverdue':
      return {
        title: t('The account has an unpaid bill'),
        advice: t('Settle it in the platform’s console, then try again.'),
        actions: ['retry'],
      };
    case 'AccessDenied.Unpurchased':
    case 'Model.AccessDenied':
    case 'Endpoint.AccessDenied':
      return {
        title: t('This key may not use this model'),
        advice: t(
          'The model has to be applied for in the console first, belongs to another workspace, or was retired. Choose another model or open it in the console.',
        ),
        actions: ['retry', 'open-settings'],
      };
    case 'WorkSpaceNotFound':
    case 'Workspace.AccessDenied':
      return {
        title: t('The workspace id is not right for this key'),
        advice: t('Check “Qiao › Dashscope: Workspace Id” in the settings.'),
        actions: ['open-settings'],
      };
    default:
      return undefined;
  }
}

function explainKind({ kind }: ErrorReport): Explanation {
  const { t } = vscode.l10n;
  switch (kind) {
    case 'missing-key':
      return {
        title: t('No API key is set'),
        advice: t('Set your DashScope key, or try Qiao without one.'),
        actions: ['set-api-key', 'try-demo'],
        hideDetail: true,
      };
    case 'unauthorized':
      return {
        title: t('The platform does not accept this key'),
        advice: t(
          'Check the key, and that its region is the one in the settings: a key works in its own region only.',
        ),
        actions: ['set-api-key', 'retry', 'open-settings'],
      };
    case 'quota':
      return {
        title: t('The quota of this account is used up'),
        advice: t('Top up or change the plan in the platform’s console, or choose another model.'),
        actions: ['retry', 'open-settings'],
      };
    case 'rate-limited':
      return {
        title: t('Too many requests at the moment'),
        advice: t('The platform limits how fast this key may ask. Wait a little and try again.'),
        actions: ['retry'],
      };
    case 'invalid-request':
      return {
        title: t('The platform refused the request'),
        advice: t('Its own words below say which part. Change the parameters or the question and try again.'),
        actions: ['retry', 'open-settings'],
      };
    case 'context-too-long':
      return {
        title: t('The question is too long for this model'),
        advice: t('Attach less code, start a new chat, or choose a model with a larger context.'),
        actions: ['retry'],
      };
    case 'content-filtered':
      return {
        title: t('The platform’s content filter stepped in'),
        advice: t('Put the question differently. What had arrived before is kept above.'),
        actions: ['retry'],
      };
    case 'model-not-found':
      return {
        title: t('The platform does not know this model'),
        advice: t('It may have been retired, or the id is misspelt. Choose another model.'),
        actions: ['retry', 'open-settings'],
      };
    case 'unavailable':
      return {
        title: t('The platform has trouble at the moment'),
        advice: t('The fault is on its side. Try again in a little while.'),
        actions: ['retry'],
      };
    case 'network':
      return {
        title: t('The platform cannot be reached'),
        advice: t(
          'Check the network, VPN or proxy, and the base URL. What had arrived before is kept above.',
        ),
        actions: ['retry', 'test-connection', 'open-settings'],
      };
    case 'timeout':
      return {
        title: t('The platform took too long'),
        advice: t('Try again, with a shorter question or a faster model.'),
        actions: ['retry', 'test-connection'],
      };
    case 'protocol':
      return {
        title: t('The answer cannot be read'),
        advice: t('What came is not what the platform documents. Check the base URL; the log has more.'),
        actions: ['retry', 'show-log', 'open-settings'],
      };
    case 'interrupted':
      return {
        title: t('The connection ended before the answer was complete'),
        advice: t('What had arrived is kept above. Try again for the whole answer.'),
        actions: ['retry'],
        hideDetail: true,
      };
    case 'aborted':
      return { title: t('Stopped'), advice: '', actions: ['retry'], hideDetail: true };
    case 'unexpected':
      return {
        title: t('Something unexpected happened'),
        advice: t('The log has more. If it happens again, please report it.'),
        actions: ['retry', 'show-log'],
      };
  }
}

const clientCodes: readonly ClientErrorCode[] = [
  'html-answer',
  'empty-answer',
  'redirect',
  'too-large',
  'parameter',
];

function isClientCode(code: string): boolean {
  return clientCodes.some((known) => known === code);
}
