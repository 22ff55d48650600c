import { sendMail } from "./send";
import type { MailSettings } from "./settings";

// For tests: sends a message in a process of its own, which trusts what its environment says, and prints what came of it.
const settings = JSON.parse(process.argv[2] ?? "{}") as MailSettings;
const message = {
  to: "a@example.com",
  subject: "Trust",
  text: "Text",
  html: "<p>Text</p>",
  date: new Date(),
  id: "<1@x>",
};
process.stdout.write(JSON.stringify(await sendMail(settings, { ...message, attachment: null })));
