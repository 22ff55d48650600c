import { Compass } from "lucide-react";
import type { Metadata } from "next";
import { PageArrival } from "@/client/page-arrival";
import { WaysOut } from "@/components/states/ways-out";
import { Message } from "@/components/ui/message";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <>
      <PageArrival />
      <Message page icon={Compass} title="There is nothing at this address" action={<WaysOut />}>
        What stood here may have been deleted, or the address was not copied whole. Ctrl+K finds tenants by name, domain
        and id.
      </Message>
    </>
  );
}
