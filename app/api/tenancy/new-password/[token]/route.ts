import { showPasswordLink } from "@/lib/access/show-password-link";
import { usePasswordLink } from "@/lib/access/use-password-link";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showPasswordLink, POST: usePasswordLink });
