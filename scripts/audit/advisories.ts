// Sorts the advisories of `npm audit --json` into those for shipped packages and those for development packages.
import * as z from 'zod';
import type { ShippedPackage } from './shippedPackages.ts';

/** A known weakness of one package. */
export interface Advisory {
  package: string;
  title: string;
  severity: string;
  url: string;
  /** Versions that have it. */
  range: string;
}

export interface AuditResult {
  /** On packages at the very places that bundles take them from. */
  shipped: Advisory[];
  others: Advisory[];
}

/**
 * The report, version 2 (npm's `audit-report.js`). `via` holds advisories on the package itself, and names of packages
 * through which it is affected; those have entries of their own.
 */
const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      nodes: z.array(z.string()),
      via: z.array(
        z.union([
          z.string(),
          z.object({ title: z.string(), url: z.string(), severity: z.string(), range: z.string() }),
        ]),
      ),
    }),
  ),
});

/** Throws, with npm's own words, when `output` is no report: then nothing was checked. */
export function readAudit(output: string, shipped: readonly ShippedPackage[]): AuditResult {
  const report = reportSchema.safeParse(parseJson(output));
  if (!report.success)
    throw new Error(`The registry could not be asked, so nothing was checked: ${output.trim()}`);
  const places = new Set(shipped.map(({ place }) => place));
  const result: AuditResult = { shipped: [], others: [] };
  for (const { name, nodes, via } of Object.values(report.data.vulnerabilities)) {
    const own = via.filter((one) => typeof one !== 'string').map((one) => ({ package: name, ...one }));
    (nodes.some((place) => places.has(place)) ? result.shipped : result.others).push(...own);
  }
  return result;
}

export function formatAdvisory({ package: name, range, severity, title, url }: Advisory): string {
  return `${name} ${range} (${severity}): ${title}\n    ${url}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
