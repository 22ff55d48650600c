import { wasBlocked } from "../left-out";
import { statusAction } from "../status-action";

export const activate = statusAction({
  name: "activate",
  to: "active",
  title: "Activate",
  summary: "Activate tenants: their hosts answer, and PostgreSQL lets their roles in.",
  danger: "none",
  warnings: [wasBlocked],
});
