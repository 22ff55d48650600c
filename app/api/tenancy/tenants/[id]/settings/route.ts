import { route } from "@/lib/http/route";
import { editTenantSettings } from "@/lib/tenants/edit-settings";
import { showTenantSettings } from "@/lib/tenants/show-settings";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showTenantSettings,
  PATCH: editTenantSettings,
});
