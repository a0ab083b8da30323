CREATE APPLICATION patterns;
CREATE SOURCE orders (id INT, amount DECIMAL(10,2), at TIMESTAMP) WITH (connector = 'datagen');
CREATE STREAM faulty (id INT) AS EPL $$ wrong from orders
  and wrong $$;
CREATE STREAM several (id INT)
  AS EPL $$
    select
      wrong from orders $$;
