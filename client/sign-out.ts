import { signOutContract } from "@/lib/accounts/contract";
import { call } from "./call";
import { forgetVisits } from "./kept-visits";

/** Ends this session and goes to the sign-in page, whatever the answer. */
export async function signOut(): Promise<void> {
  await call(signOutContract, {}).catch(() => undefined);
  forgetVisits();
  window.location.assign("/sign-in");
}
