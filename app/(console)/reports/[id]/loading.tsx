import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Report" trail={[{ href: "/reports", label: "Reports" }]} parts={[120, 160, 180]} />;
}
