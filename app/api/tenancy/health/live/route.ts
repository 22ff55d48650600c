/** Whether the web process answers at all. */
export function GET(): Response {
  return Response.json({ state: "ok" });
}
