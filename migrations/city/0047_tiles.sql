-- +goose Up
-- What is counted on the map below street level: the open cases of a street, of one department or of all, by cell. It is read without the table.
create index cases_map on cases (street, department, cell) where state not in ('closed', 'voided', 'force_closed') and not restricted;
