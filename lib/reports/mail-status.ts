import { operation } from "@/lib/gate/operation";
import { mailSetUp } from "@/lib/mail/settings";
import { env } from "@/lib/platform/env";
import { mailStatusContract } from "./contract-schedules";

/** Whether mail is set up; nothing of it is secret. */
export const mailStatus = operation(mailStatusContract, async () => {
  const setUp = mailSetUp();
  if ("missing" in setUp)
    return { configured: false, words: setUp.missing, from: null, server: null, domains: env().MAIL_DOMAINS };
  const { from, host, port, domains } = setUp.settings;
  return { configured: true, words: null, from: from.address, server: `${host}:${port}`, domains: [...domains] };
});
