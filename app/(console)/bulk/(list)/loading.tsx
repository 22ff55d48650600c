import { ListSkeleton } from "@/components/states/page-skeleton";

export default function Loading() {
  return <ListSkeleton title="Bulk runs" />;
}
