import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="New bulk run" trail={[{ href: "/bulk", label: "Bulk runs" }]} parts={[80, 160, 160]} />;
}
