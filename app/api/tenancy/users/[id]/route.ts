import { editUser } from "@/lib/access/edit-user";
import { route } from "@/lib/http/route";

export const { PATCH } = route({ PATCH: editUser });
