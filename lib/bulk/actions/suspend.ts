import { endsConnections } from "../left-out";
import { connectionsEnd, statusAction } from "../status-action";

export const suspend = statusAction({
  name: "suspend",
  to: "suspended",
  title: "Suspend",
  summary: "Suspend tenants: PostgreSQL keeps their roles out and ends their sessions.",
  danger: "disruptive",
  warnings: [endsConnections],
  radius: connectionsEnd,
});
