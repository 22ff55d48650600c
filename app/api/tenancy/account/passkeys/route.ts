import { addPasskey } from "@/lib/accounts/add-passkey";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: addPasskey });
