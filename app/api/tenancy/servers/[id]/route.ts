import { route } from "@/lib/http/route";
import { editServer } from "@/lib/servers/edit-server";

export const { PATCH } = route({ PATCH: editServer });
