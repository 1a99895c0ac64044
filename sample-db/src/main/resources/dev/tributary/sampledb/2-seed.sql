-- The initial data of the shop. It has no random values, so every copy is the same.

INSERT INTO shop.customers (customer_no, name, email, address, labels)
SELECT md5('customer ' || n)::uuid,
       (ARRAY ['Ada', 'Grace', 'Edsger', 'Barbara', 'Ken'])[1 + n % 5] || ' '
           || (ARRAY ['Müller', 'Okafor', 'Ng', 'O''Brien', 'Łukasiewicz', 'Sørensen', 'Ruiz'])[1 + n % 7],
       'customer' || n || '@example.com',
       jsonb_build_object('street', n || ' Mill Lane', 'city', (ARRAY ['Ghent', 'Porto', 'Kyoto'])[1 + n % 3]),
       CASE WHEN n % 4 = 0 THEN ARRAY ['wholesale', 'net-30'] ELSE ARRAY ['retail'] END
FROM generate_series(1, 100) AS n;

INSERT INTO shop.products (sku, name, price, attributes, keywords)
SELECT 'SKU-' || lpad(n::text, 5, '0'),
       (ARRAY ['Kettle', 'Lamp', 'Chair', 'Teapot', 'Clock'])[1 + n % 5] || ' No. ' || n,
       4.99 + n * 1.25,
       jsonb_build_object('weight_g', 100 + n * 10, 'colour', (ARRAY ['red', 'green', 'blue'])[1 + n % 3]),
       ARRAY ['home', 'no-' || n]
FROM generate_series(1, 50) AS n;

-- One third each is placed, paid and shipped.
INSERT INTO shop.orders (order_no, customer_id, status, placed_at, shipped_at)
SELECT md5('order ' || n)::uuid,
       1 + n % 50,
       (ARRAY ['placed', 'paid', 'shipped'])[1 + n % 3]::shop.order_status,
       now() - n * interval '1 hour',
       CASE WHEN n % 3 = 2 THEN now() - n * interval '30 minutes' END
FROM generate_series(1, 60) AS n;

INSERT INTO shop.order_lines (order_id, line_no, product_id, quantity, unit_price)
SELECT o.id, line, p.id, 1 + (o.id + line) % 4, p.price
FROM shop.orders o
         CROSS JOIN generate_series(1, 2) AS line
         JOIN shop.products p ON p.id = 1 + (o.id * 3 + line) % 30;

UPDATE shop.orders o
SET total = (SELECT sum(l.quantity * l.unit_price) FROM shop.order_lines l WHERE l.order_id = o.id);

INSERT INTO shop.payments (order_id, amount, method, reference, paid_at)
SELECT id, total, (ARRAY ['card', 'transfer'])[1 + id % 2], md5('payment ' || id)::uuid, placed_at + interval '5 minutes'
FROM shop.orders
WHERE status <> 'placed'
ORDER BY id;

INSERT INTO shop.outbox (id, aggregate_type, aggregate_id, event_type, payload, created_at, published_at)
SELECT md5('event ' || id)::uuid, 'order', id::text, 'OrderPlaced',
       jsonb_build_object('orderId', id, 'total', total), placed_at,
       CASE WHEN id % 2 = 0 THEN placed_at + interval '1 second' END
FROM shop.orders;

INSERT INTO shop.sensor_readings (sensor, measured_at, celsius)
SELECT (ARRAY ['hall-1', 'hall-2', 'cold-room'])[1 + n % 3],
       now() - (300 - n) * interval '5 seconds',
       CASE WHEN n % 3 = 2 THEN 4 ELSE 20 END + round((sin(n / 20.0) * 2)::numeric, 2)
FROM generate_series(1, 300) AS n;
