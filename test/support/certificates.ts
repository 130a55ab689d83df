/** Certificates for servers on loopback; see `test/fixtures/certificates/README.md`. */

import { readFileSync } from 'node:fs';
import path from 'node:path';

export type CertificateName = 'server' | 'elsewhere' | 'expired' | 'selfSigned';

export interface Certificate {
  /** PEM. */
  cert: string;
  /** PEM. */
  key: string;
}

const folder = path.join(import.meta.dirname, '../fixtures/certificates');

/** The private authority that signed all of them but `selfSigned`. */
export const authorityFile = path.join(folder, 'authority.pem');

export function readAuthority(): string {
  return readFileSync(authorityFile, 'utf8');
}

export function readCertificate(name: CertificateName): Certificate {
  return { cert: read(`${name}.pem`), key: read(`${name}.key`) };
}

function read(file: string): string {
  return readFileSync(path.join(folder, file), 'utf8');
}
