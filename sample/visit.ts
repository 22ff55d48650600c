import { Agent, request } from "node:http";
import { env } from "@/lib/platform/env";

const agent = new Agent({ keepAlive: true, maxSockets: 24, maxFreeSockets: 12 });

/** A page, or something that is sent as JSON. */
export type Visit = { path: string; json?: Record<string, unknown> };

/** Sends one request to a tenant's shop over real HTTP and reads the answer; resolves to its status. */
export async function visit(port: number, slug: string, { path, json }: Visit): Promise<number> {
  const body = json && JSON.stringify(json);
  return await new Promise<number>((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: "127.0.0.1",
        port,
        path,
        method: body ? "POST" : "GET",
        headers: {
          host: `${slug}.${env().TENANTRY_APP_DOMAIN}:${port}`,
          ...(body ? { "content-type": "application/json", "content-length": Buffer.byteLength(body) } : {}),
        },
        timeout: 15_000,
      },
      (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode ?? 0));
        response.once("error", reject);
      },
    );
    sent.once("timeout", () => sent.destroy(new Error("no answer in 15 s")));
    sent.once("error", reject);
    sent.end(body);
  });
}

/** Closes the connections that are kept open between visits. */
export function stopVisiting(): void {
  agent.destroy();
}
