-- What visitors looked at is lost.

DROP TABLE "page_views";
