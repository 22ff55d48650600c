import { changeAuthenticator } from "@/lib/accounts/change-authenticator";
import { startAuthenticator } from "@/lib/accounts/start-authenticator";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  POST: startAuthenticator,
  PUT: changeAuthenticator,
});
