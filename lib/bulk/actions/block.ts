import { endsConnections } from "../left-out";
import { connectionsEnd, statusAction } from "../status-action";

export const block = statusAction({
  name: "block",
  to: "blocked",
  title: "Block",
  summary: "Block tenants, for abuse or legal reasons: PostgreSQL keeps their roles out and ends their sessions.",
  danger: "disruptive",
  warnings: [endsConnections],
  radius: connectionsEnd,
});
