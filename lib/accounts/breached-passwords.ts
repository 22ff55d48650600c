import { createHash } from "node:crypto";
import { log } from "@/lib/platform/log";

const service = "https://api.pwnedpasswords.com/range/";
const patienceMs = 2000;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Whether Have I Been Pwned knows a password from a breach. It is told five of the forty digits of its SHA-1, and
 * answers with padding, so that neither it nor who listens learns which password was asked for. No answer is a no.
 */
export async function isBreached(password: string, fetcher: Fetch = fetch): Promise<boolean> {
  const digest = createHash("sha1").update(password.normalize("NFC")).digest("hex").toUpperCase();
  try {
    const response = await fetcher(service + digest.slice(0, 5), {
      headers: { "add-padding": "true", "user-agent": "Tenantry" },
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return times(await response.text(), digest.slice(5)) > 0;
  } catch (error) {
    log().warn(
      { error: String(error) },
      "breached passwords could not be asked about; the password was not checked there",
    );
    return false;
  }
}

/** How often a password was seen: padding has lines with a count of 0. */
function times(answer: string, suffix: string): number {
  const line = answer.split(/\r?\n/).find((one) => one.startsWith(`${suffix}:`));
  return line ? Number(line.slice(suffix.length + 1)) : 0;
}
