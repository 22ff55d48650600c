import { route } from "@/lib/http/route";
import { editServer } from "@/lib/servers/edit-server";
import { removeServer } from "@/lib/servers/remove-server";
import { showServer } from "@/lib/servers/show-server";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showServer,
  PATCH: editServer,
  DELETE: removeServer,
});
