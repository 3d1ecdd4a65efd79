create table broken (id integer, 
