import { route } from "@/lib/http/route";
import { editIpRule } from "@/lib/keys/edit-ip-rule";
import { removeIpRule } from "@/lib/keys/remove-ip-rule";
import { showIpRule } from "@/lib/keys/show-ip-rule";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showIpRule,
  PATCH: editIpRule,
  DELETE: removeIpRule,
});
