import { route } from "@/lib/http/route";
import { editTenant } from "@/lib/tenants/edit-tenant";
import { removeTenant } from "@/lib/tenants/remove-tenant";
import { showTenant } from "@/lib/tenants/show-tenant";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showTenant,
  PATCH: editTenant,
  DELETE: removeTenant,
});
