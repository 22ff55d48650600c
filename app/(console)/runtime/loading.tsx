import { PageSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <PageSkeleton title="Runtime" parts={[40, 92, 240, 320]} />;
}
