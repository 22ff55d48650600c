import { makePasswordLink } from "@/lib/access/make-password-link";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: makePasswordLink });
