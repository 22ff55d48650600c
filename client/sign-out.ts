import { signOutContract } from "@/lib/accounts/contract";
import { call } from "./call";

/** Ends this session and goes to the sign-in page, whatever the answer. */
export async function signOut(): Promise<void> {
  await call(signOutContract, {}).catch(() => undefined);
  window.location.assign("/sign-in");
}
