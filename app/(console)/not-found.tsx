import { Compass } from "lucide-react";
import Link from "next/link";
import { Message } from "@/components/ui/message";

export default function NotFound() {
  return (
    <Message
      page
      icon={Compass}
      title="There is nothing at this address"
      action={<Link href="/tenants">All tenants</Link>}
    >
      The tenant may have been deleted, or the address was not copied whole.
    </Message>
  );
}
