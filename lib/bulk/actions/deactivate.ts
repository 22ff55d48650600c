import { wasBlocked } from "../left-out";
import { statusAction } from "../status-action";

export const deactivate = statusAction({
  name: "deactivate",
  to: "inactive",
  title: "Deactivate",
  summary: "Deactivate tenants: their hosts stop answering, their databases stay open.",
  danger: "disruptive",
  warnings: [wasBlocked],
});
