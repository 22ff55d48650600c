import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Overview" parts={[92, 32, 250, 250, 220]} />;
}
