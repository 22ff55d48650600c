import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Servers" parts={[150, 150]} />;
}
