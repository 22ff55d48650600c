import { route } from "@/lib/http/route";
import { editKey } from "@/lib/keys/edit-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { showKey } from "@/lib/keys/show-key";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showKey,
  PATCH: editKey,
  DELETE: revokeKey,
});
