import { route } from "@/lib/http/route";
import { createKey } from "@/lib/keys/create-key";
import { listKeys } from "@/lib/keys/list-keys";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listKeys, POST: createKey });
