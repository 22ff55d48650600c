import { route } from "@/lib/http/route";
import { removeIpRule } from "@/lib/keys/remove-ip-rule";

export const { DELETE } = route({ DELETE: removeIpRule });
