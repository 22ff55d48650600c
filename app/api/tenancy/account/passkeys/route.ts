import { addPasskey } from "@/lib/accounts/add-passkey";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: addPasskey });
