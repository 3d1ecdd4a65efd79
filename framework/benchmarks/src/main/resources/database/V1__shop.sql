create table products (id bigint primary key, name varchar(40) not null, price numeric(10, 2) not null,
  stock bigint not null);
create table orders (id bigint generated always as identity primary key, product bigint not null, count int not null);
insert into products select id, 'Product ' || id, id + 0.99, 1000000000 from generate_series(1, 1000) id;
