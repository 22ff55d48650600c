import { editUser } from "@/lib/access/edit-user";
import { showUser } from "@/lib/access/show-user";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showUser, PATCH: editUser });
