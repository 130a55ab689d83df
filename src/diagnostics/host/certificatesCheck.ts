/** Checks the trusted certificate authorities: Node's own, the system's, and those of NODE_EXTRA_CA_CERTS. */

import { readFile } from 'node:fs/promises';
import tls from 'node:tls';
import { l10n } from 'vscode';
import { type Check, ok, problem, sentences, warning } from './check.ts';
import { settingStep } from './steps.ts';

export interface CertificateInput {
  /** The environment variable NODE_EXTRA_CA_CERTS. */
  extraFile: string | undefined;
  /** VS Code's setting `http.proxyStrictSSL`. */
  strictSsl: boolean;
}

export function certificatesCheck({ extraFile, strictSsl }: CertificateInput): Check {
  return {
    title: l10n.t('Authorities (CA)'),
    async run() {
      if (!strictSsl) {
        const step = l10n.t('Switch it on again, so that nobody can pretend to be the platform.');
        const text = l10n.t('Certificates are not checked: “http.proxyStrictSSL” is off.');
        return warning(text, settingStep(step, 'http.proxyStrictSSL'));
      }
      const own = l10n.t('Node’s own authorities count.');
      const system =
        typeof tls.getCACertificates === 'function'
          ? l10n.t('If they are not enough, those of the operating system do too.')
          : l10n.t('This VS Code cannot read those of the operating system.');
      if (!extraFile) return ok(sentences(own, system));
      const text = await readFile(extraFile, 'utf8').catch(() => undefined);
      const count = text?.match(/-----BEGIN (TRUSTED )?CERTIFICATE-----/g)?.length ?? 0;
      if (count > 0) return ok(sentences(own, system, l10n.t('NODE_EXTRA_CA_CERTS adds {0}.', count)));
      return problem(
        text === undefined
          ? l10n.t('The file that NODE_EXTRA_CA_CERTS names cannot be read.')
          : l10n.t('The file that NODE_EXTRA_CA_CERTS names holds no certificate.'),
        { text: l10n.t('Correct the variable (the file has to be in PEM format) and start VS Code again.') },
      );
    },
  };
}
