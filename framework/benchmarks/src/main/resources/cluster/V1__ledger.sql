-- The key isn't unique, so that a write that was made twice can be seen.
create table entries (id bigint generated always as identity primary key, key varchar(64) not null, amount int not null);
create index entries_key on entries (key);
