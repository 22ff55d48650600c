import { controlDb } from "@/lib/platform/prisma";

/** Whether the web process can do its work: its control database answers. */
export async function readiness(): Promise<Response> {
  try {
    await controlDb().$queryRaw`SELECT 1`;
    return Response.json({ state: "ok" });
  } catch {
    return Response.json({ state: "down", detail: "The control database does not answer." }, { status: 503 });
  }
}
