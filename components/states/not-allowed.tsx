import { Lock } from "lucide-react";
import { Message } from "@/components/ui/message";

/** A page that one's rights do not reach: says what is missing, so that one can ask for it. */
export function NotAllowed({ reason }: { reason: string }) {
  return (
    <Message page icon={Lock} title="You may not see this page">
      {reason}
    </Message>
  );
}
