-- What a new shop starts with. It changes nothing that is there, so that it is harmless in a shop that is in use.

INSERT INTO "products" ("sku", "name", "category", "price_cents", "stock")
VALUES
  ('GIFT-10', 'Gift card, 10', 'gifts', 1000, 1000),
  ('GIFT-25', 'Gift card, 25', 'gifts', 2500, 1000),
  ('GIFT-50', 'Gift card, 50', 'gifts', 5000, 1000)
ON CONFLICT ("sku") DO NOTHING;
