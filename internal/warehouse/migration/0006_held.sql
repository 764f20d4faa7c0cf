-- What is hidden of a customer who is held out: the other columns say what pages may show.
alter table standing add column hidden varchar; -- JSON: lamps, reason and its grounds; null: nothing
