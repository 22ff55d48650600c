import { importRegistryRows } from "@/lib/compat/import-rows";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: importRegistryRows });
