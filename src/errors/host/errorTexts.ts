/** Explains errors in the user's language: what happened, why, and what to do next. */

import { l10n } from 'vscode';
import type { ErrorReport } from '../../chat/common/conversation.ts';
import type { PanelAction } from '../../chat/common/protocol.ts';

interface Explanation {
  title: string;
  advice: string;
  actions: PanelAction[];
  /** True if the platform's message adds nothing to the title. */
  hideDetail?: boolean;
}

/** Explains the code if it is known, else the kind. */
export function explainError(error: ErrorReport, successor?: string): Explanation {
  const explanation = explainCode(error) ?? explainKind(error);
  if (successor === undefined || !lacksModel(error)) return explanation;
  const { advice, actions } = explanation;
  return {
    ...explanation,
    advice: `${advice} ${l10n.t('“Switch Model” asks {0} in its place.', successor)}`,
    actions: ['switch-model', ...actions],
  };
}

/** The platform does not have the model, or retired it. */
function lacksModel({ kind, code = '' }: ErrorReport): boolean {
  return kind === 'model-not-found' || code === 'Endpoint.AccessDenied' || code === 'Model.AccessDenied';
}

function explainCode({ code }: ErrorReport): Explanation | undefined {
  switch (code) {
    case 'html-answer':
      return {
        title: l10n.t('A web page came instead of an answer'),
        advice: l10n.t(
          'A proxy or a login page stands between Qiao and the platform. Check the network, the proxy and the base URL.',
        ),
        actions: ['retry', 'diagnose', 'check-address'],
      };
    case 'wrong-address':
      return {
        title: l10n.t('There is nothing at this address'),
        advice: l10n.t(
          'The server has nothing at this path. Check the base URL, and whether it ends with the right version, such as “/v1”.',
        ),
        actions: ['check-address', 'diagnose', 'retry'],
      };
    case 'empty-answer':
      return {
        title: l10n.t('The platform sent an empty answer'),
        advice: l10n.t(
          'The connection worked, but nothing came. Try again; if it stays so, check the base URL.',
        ),
        actions: ['retry', 'check-address'],
        hideDetail: true,
      };
    case 'redirect':
      return {
        title: l10n.t('The server wanted to send the request elsewhere'),
        advice: l10n.t('Qiao sends your key to no other address. Check the base URL.'),
        actions: ['check-address'],
      };
    case 'too-large':
      return {
        title: l10n.t('The server sent more in one piece than Qiao reads'),
        advice: l10n.t(
          'No answer of a model is that large. Check the base URL, and whether the server works as it should.',
        ),
        actions: ['retry', 'diagnose', 'check-address'],
      };
    case 'answer-length':
      return {
        title: l10n.t('The answer is longer than Qiao reads'),
        advice: keptAdvice('qiao.limits.characters'),
        actions: ['open-settings'],
      };
    case 'tool-call-count':
      return {
        title: l10n.t('The answer calls more tools than Qiao reads'),
        advice: keptAdvice('qiao.limits.toolCalls'),
        actions: ['open-settings'],
      };
    case 'keep-alive-length':
      return {
        title: l10n.t('The server keeps sending without adding to the answer'),
        advice: keptAdvice('qiao.limits.keepAliveCharacters'),
        actions: ['retry', 'open-settings'],
      };
    case 'keep-alive-time':
      return {
        title: l10n.t('For too long the server sent only signs of life'),
        advice: keptAdvice('qiao.timeout.keepAlive'),
        actions: ['retry', 'open-settings'],
      };
    case 'proxy-authentication':
      return {
        title: l10n.t('The proxy wants a user and a password'),
        advice: l10n.t('Put them into VS Code’s setting “http.proxy” or “http.proxyAuthorization”.'),
        actions: ['retry', 'diagnose', 'open-settings'],
      };
    case 'proxy-refused':
    case 'proxy-address':
      return {
        title: l10n.t('The proxy lets nothing through'),
        advice: l10n.t('Check VS Code’s setting “http.proxy”, or the proxy of this connection.'),
        actions: ['retry', 'diagnose', 'open-settings'],
      };
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_HAS_EXPIRED':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        title: l10n.t('The server’s certificate is not trusted'),
        advice: l10n.t(
          'Install the certificate of your company in the system, or ask whoever runs the server.',
        ),
        actions: ['retry', 'diagnose'],
      };
    case 'parameter':
      return {
        title: l10n.t('A parameter is out of range'),
        advice: l10n.t('Change it under “Parameters” and ask again.'),
        actions: ['retry', 'open-settings'],
      };
    case 'no-images':
      return {
        title: l10n.t('This model takes no images'),
        advice: l10n.t('Choose a model that sees, such as Qwen3 VL Plus, or ask without the image.'),
        actions: ['retry'],
      };
    case 'plain-http':
      return {
        title: l10n.t('The key was not sent: the address is not encrypted'),
        advice: l10n.t(
          'Set an https address. To use this one all the same, run “Test Connection”, which asks once more.',
        ),
        actions: ['check-address', 'diagnose'],
      };
    case 'Arrearage':
    case 'PrepaidBillOverdue':
    case 'PostpaidBillOverdue':
      return {
        title: l10n.t('The account has an unpaid bill'),
        advice: l10n.t('Settle it in the platform’s console, then try again.'),
        actions: ['retry'],
      };
    case 'AccessDenied.Unpurchased':
    case 'Model.AccessDenied':
    case 'Endpoint.AccessDenied':
      return {
        title: l10n.t('This key may not use this model'),
        advice: l10n.t(
          'The model has to be applied for in the console first, belongs to another workspace, or was retired. Choose another model or open it in the console.',
        ),
        actions: ['retry', 'open-settings'],
      };
    case 'WorkSpaceNotFound':
    case 'Workspace.AccessDenied':
      return {
        title: l10n.t('The workspace id is not right for this key'),
        advice: l10n.t('Check “Qiao › Dashscope: Workspace Id” in the settings.'),
        actions: ['open-settings'],
      };
    default:
      return undefined;
  }
}

/** For an answer that reached a limit of the settings. */
function keptAdvice(setting: string): string {
  return l10n.t('What came before is kept. If you want more of it, raise “{0}” in the settings.', setting);
}

function explainKind({ kind }: ErrorReport): Explanation {
  switch (kind) {
    case 'missing-key':
      return {
        title: l10n.t('No API key is set'),
        advice: l10n.t('Set the key of this connection, or try Qiao without one.'),
        actions: ['set-api-key', 'try-demo'],
        hideDetail: true,
      };
    case 'unauthorized':
      return {
        title: l10n.t('The platform does not accept this key'),
        advice: l10n.t(
          'Check the key, and that its region is the one in the settings: a key works in its own region only.',
        ),
        actions: ['set-api-key', 'retry', 'diagnose', 'open-settings'],
      };
    case 'quota':
      return {
        title: l10n.t('The quota of this account is used up'),
        advice: l10n.t('Top up or change the plan in the platform’s console, or choose another model.'),
        actions: ['retry', 'open-settings'],
      };
    case 'rate-limited':
      return {
        title: l10n.t('Too many requests at the moment'),
        advice: l10n.t('The platform limits how fast this key may ask. Wait a little and try again.'),
        actions: ['retry'],
      };
    case 'invalid-request':
      return {
        title: l10n.t('The platform refused the request'),
        advice: l10n.t(
          'Change the parameters or the question and try again. The platform’s own message usually says which part it means.',
        ),
        actions: ['retry', 'open-settings'],
      };
    case 'context-too-long':
      return {
        title: l10n.t('The question is too long for this model'),
        advice: l10n.t('Attach less code, start a new chat, or choose a model with a larger context.'),
        actions: ['retry'],
      };
    case 'content-filtered':
      return {
        title: l10n.t('The platform’s content filter stepped in'),
        advice: l10n.t('Put the question differently, or leave out what the filter may mean.'),
        actions: ['retry'],
      };
    case 'model-not-found':
      return {
        title: l10n.t('The platform does not know this model'),
        advice: l10n.t('It may have been retired, or the id is misspelt. Choose another model.'),
        actions: ['retry', 'open-settings'],
      };
    case 'unavailable':
      return {
        title: l10n.t('The platform has trouble at the moment'),
        advice: l10n.t('The fault is on its side. Try again in a little while.'),
        actions: ['retry'],
      };
    case 'network':
      return {
        title: l10n.t('The platform cannot be reached'),
        advice: l10n.t('Check the network, VPN or proxy, and the base URL, then try again.'),
        actions: ['retry', 'diagnose', 'check-address'],
      };
    case 'timeout':
      return {
        title: l10n.t('The platform took too long'),
        advice: l10n.t('Try again, with a shorter question or a faster model.'),
        actions: ['retry', 'diagnose'],
      };
    case 'protocol':
      return {
        title: l10n.t('The answer cannot be read'),
        advice: l10n.t('What came is not what the platform documents. Check the base URL; the log has more.'),
        actions: ['retry', 'diagnose', 'show-log', 'check-address'],
      };
    case 'interrupted':
      return {
        title: l10n.t('The connection ended before the answer was complete'),
        advice: l10n.t('Try again for the whole answer.'),
        actions: ['retry'],
        hideDetail: true,
      };
    case 'aborted':
      return { title: l10n.t('Stopped'), advice: '', actions: ['retry'], hideDetail: true };
    case 'unexpected':
      return {
        title: l10n.t('Something unexpected happened'),
        advice: l10n.t('The log has more. If it happens again, please report it.'),
        actions: ['retry', 'show-log', 'diagnose'],
      };
  }
}
