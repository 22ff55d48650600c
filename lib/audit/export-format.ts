export const formatName = "tenantry-audit-export";
export const formatVersion = 1;

/** What an export's signature is made over. */
export function signedText(sha256: string, rows: number): string {
  return `${formatName}/${formatVersion}\n${sha256}\n${rows}`;
}
