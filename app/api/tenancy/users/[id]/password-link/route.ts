import { makePasswordLink } from "@/lib/access/make-password-link";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: makePasswordLink });
