/** Checks whether the server's TLS certificate is trusted, and if not, who issued it. */

import tls from 'node:tls';
import { l10n } from 'vscode';
import { explainError } from '../../errors/host/errorTexts.ts';
import type { ChatError } from '../../llm/chatError.ts';
import { isLoopback } from '../../providers/http/noProxy.ts';
import { type Check, type Finding, ok, problem, sentences, skipped, stop, warning } from './check.ts';
import { settingStep } from './steps.ts';
import { hostOf, portOf, type Target } from './target.ts';

export function tlsCheck(target: Target): Check {
  return {
    title: l10n.t('Certificate (TLS)'),
    async run(signal) {
      const { url, network } = target;
      if (!url) return skipped(l10n.t('There is no address to check.'));
      if (url.protocol === 'http:') return skipped(l10n.t('The address is http: nothing is encrypted.'));
      const outcome = await target.exchange(signal);
      if (outcome.type === 'failed') return judge(target, outcome.error, signal);
      if (network.strictSsl === false && !isLoopback(url)) {
        return warning(
          l10n.t('Certificates are not checked: “http.proxyStrictSSL” is off.'),
          settingStep(
            l10n.t('Switch it on again, so that nobody can pretend to be the platform.'),
            'http.proxyStrictSSL',
          ),
        );
      }
      return ok(l10n.t('The connection is encrypted, and the certificate is trusted.'));
    },
  };
}

async function judge(
  target: Target,
  { code = '', kind, message, providerId }: ChatError,
  signal: AbortSignal,
): Promise<Finding> {
  if (/^(ERR_SSL_|EPROTO)/.test(code)) {
    const text = l10n.t('The server does not speak TLS as it should ({0}).', code);
    return problem(text, {
      text: l10n.t('Check http or https in the base URL, the port, and programs that open TLS on the way.'),
    });
  }
  if (!isCertificateFault(code)) return skipped(l10n.t('No connection could be opened.'));
  const { title } = explainError({ kind, code: certificateCode(code), message, providerId });
  const details = target.proxied || !target.url ? undefined : await lookAtCertificate(target.url, signal);
  return problem(sentences(stop(`${title} (${code})`), ...(details ? [whatItSays(details)] : [])), {
    text: adviceFor(code, details),
  });
}

function isCertificateFault(code: string): boolean {
  return /CERT|UNABLE_TO_(GET_ISSUER|VERIFY)|CERTIFICATE/.test(code);
}

/** Maps codes without an error text of their own to one that has one. */
function certificateCode(code: string): string {
  return code.startsWith('CERT_') || code.startsWith('UNABLE') ? 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' : code;
}

function adviceFor(code: string, details: CertificateDetails | undefined): string {
  if (code === 'CERT_NOT_YET_VALID' || (code === 'CERT_HAS_EXPIRED' && (details?.validTo ?? 0) > Date.now()))
    return l10n.t('The clock of this computer may be wrong: set it.');
  if (code === 'CERT_HAS_EXPIRED')
    return l10n.t(
      'Whoever runs the server has to renew it. If others get through, the clock of this computer is wrong.',
    );
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return l10n.t(
      'Check the host in the base URL, and whether a login page or a proxy answers in its place.',
    );
  return l10n.t(
    'Install the authority’s certificate in the system where Qiao runs, or name its file in NODE_EXTRA_CA_CERTS and start VS Code again.',
  );
}

interface CertificateDetails {
  issuer: string;
  /** Milliseconds since the epoch. */
  validTo: number;
}

function whatItSays({ issuer, validTo }: CertificateDetails): string {
  return l10n.t(
    'It was issued by “{0}” and ends on {1}.',
    issuer,
    new Date(validTo).toISOString().slice(0, 10),
  );
}

/** Reads the certificate from the TLS handshake, trusted or not; sends no request. */
function lookAtCertificate(url: URL, signal: AbortSignal): Promise<CertificateDetails | undefined> {
  return new Promise((resolve) => {
    const host = hostOf(url);
    const servername = /^[\d.]+$|:/.test(host) ? undefined : host;
    const socket = tls.connect({ host, port: portOf(url), servername, rejectUnauthorized: false });
    const end = (details?: CertificateDetails): void => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve(details);
    };
    const stop = (): void => end();
    signal.addEventListener('abort', stop, { once: true });
    socket.on('error', stop);
    socket.once('secureConnect', () => {
      const { issuer, valid_to } = socket.getPeerCertificate();
      const name = [issuer?.CN, issuer?.O].flat().find(Boolean);
      end(name ? { issuer: name, validTo: Date.parse(valid_to) } : undefined);
    });
  });
}
