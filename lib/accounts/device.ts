import { isIP } from "node:net";
import type { Device } from "./sessions";

/** What a request says of its sender: the address that the web server saw last, and the browser. */
export function deviceOf(header: (name: string) => string | null): Device {
  const address = header("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return { ipAddress: isIP(address) ? address : null, userAgent: header("user-agent")?.slice(0, 300) ?? null };
}
